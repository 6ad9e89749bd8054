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

  /** Takes a name in; the one that is highlighted is drawn elsewhere. */
  add(data, settings) {
    if (data.label && !data.highlighted) this.#wanted.push({ ...data, ...settings });
  }

  /** Draws those that find room; those that somebody points at are drawn in any case. */
  draw(context, { width }) {
    const taken = [];
    this.#wanted.sort((one, other) => forced(other) - forced(one) || other.size - one.size || (one.key < other.key ? -1 : 1));
    for (const { x, y, size, label, labelSize, labelFont, labelWeight, labelColor, forceLabel } of this.#wanted) {
      context.font = `${labelWeight} ${labelSize}px ${labelFont}`;
      const long = context.measureText(label).width;
      const isBeyond = x + size + GAP + long > width && x - size - GAP - long > 0;
      const left = isBeyond ? x - size - GAP - long : x + size + GAP;
      const box = { left, right: left + long, top: y - labelSize / 2 - AIR, bottom: y + labelSize / 2 + AIR };
      if (!forceLabel && taken.some((other) => meet(box, other))) continue;
      taken.push(box);
      context.fillStyle = labelColor.color;
      context.fillText(label, left, y + labelSize / 3);
    }
  }
}

function forced({ forceLabel }) {
  return Number(Boolean(forceLabel));
}

function meet(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
