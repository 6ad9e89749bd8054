// The names of nodes in, as a picture wants to draw them; those of them that find room beside their dots out: the largest
// dots first, and none over another.

const GAP = 3; // pixels from a dot to its name, as sigma has it
const AIR = 2; // between the lines of two names

export class Labels {
  #wanted = [];

  /** Forgets those of the former picture. */
  clear() {
    this.#wanted = [];
  }

  /** Takes a name in. */
  add(data, settings) {
    if (data.label) this.#wanted.push({ ...data, ...settings });
  }

  /** Draws those that find room; those that belong to what is selected are drawn in any case. */
  draw(context, { width }) {
    const taken = [];
    this.#wanted.sort((one, other) => weight(other) - weight(one) || (one.key < other.key ? -1 : 1));
    for (const it of this.#wanted) {
      context.font = `${it.labelWeight} ${it.labelSize}px ${it.labelFont}`;
      const places = boxes(it, context.measureText(it.label).width);
      const isFree = (box) => box.left >= 0 && box.right <= width && !taken.some((other) => meet(box, other));
      const box = places.find(isFree) ?? (it.forceLabel || it.highlighted ? places[0] : null);
      if (!box) continue;
      taken.push(box);
      if (it.highlighted) continue; // which has a box of its own, drawn above all else
      context.fillStyle = it.labelColor.color;
      context.fillText(it.label, box.left, (box.top + box.bottom) / 2 + it.labelSize / 3);
    }
  }
}

// What is selected comes first, then what belongs to it, then the largest.
function weight({ highlighted, forceLabel, size }) {
  return size + (highlighted ? 2000 : forceLabel ? 1000 : 0);
}

// Where a name may stand: right of its dot, left of it, below, above; the highlighted one has the room of its frame.
function boxes({ x, y, size, labelSize, highlighted }, long) {
  const half = labelSize / 2 + AIR;
  const at = (left, middle, right = left + long) => ({ left, right, top: middle - half, bottom: middle + half });
  const beside = x + size + GAP;
  if (highlighted) return [at(x - size, y, beside + long + 12)];
  const away = Math.max(size, half) + half; // from a name beside another dot of the same height too
  return [at(beside, y), at(x - size - GAP - long, y), at(x - long / 2, y + away), at(x - long / 2, y - away)];
}

function meet(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
