// A text and stretches of it in code points, as Python counts, in; flat pieces in UTF-16 units, as JavaScript counts, out.

const LONGEST_WRAPPED = 90; // characters of a line, in a text whose lines were broken by hand

/**
 * How to get from code points to UTF-16 units in a text: a function from the one offset to the other.
 *
 * Only letters beyond the Basic Multilingual Plane count twice, and most articles have none: what is kept is where
 * those stand, so that a text is read once and an offset costs a binary search among them.
 */
export function units(text) {
  const pairs = []; // code points of the letters that are two units
  for (const { index } of text.matchAll(/[\u{10000}-\u{10ffff}]/gu)) pairs.push(index - pairs.length);
  const length = text.length - pairs.length;
  return (offset) => {
    const inside = Math.min(Math.max(offset, 0), length);
    return inside + below(pairs, inside);
  };
}

/** How many numbers of a sorted list are less than a limit. */
function below(numbers, limit) {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle] < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where the paragraphs of a text are, `{start, end}` in units: its lines, or what blank lines part where they wrap. */
export function paragraphs(text) {
  const lines = text.split("\n");
  const wraps = /\n\s*\n/.test(text) && lines.length > 4 && lines.every((line) => line.length <= LONGEST_WRAPPED);
  const found = [];
  let start = 0;
  for (const gap of [...text.matchAll(wraps ? /\n\s*\n/g : /\n/g), { index: text.length, 0: "" }]) {
    if (text.slice(start, gap.index).trim()) found.push({ start, end: gap.index });
    start = gap.index + gap[0].length;
  }
  return found;
}

/**
 * Spans that may nest and cross, `{start, end, …}`, as flat pieces `{start, end, spans}` that fill each of some ranges,
 * which come in order: a list of pieces for each range.
 *
 * The spans of a piece come outermost first: by where they begin, and the longest first. An empty span is in no piece.
 */
export function pieces(spans, ranges) {
  const sorted = spans
    .filter(({ start, end }) => start < end)
    .sort((one, other) => one.start - other.start || other.end - one.end);
  let next = 0;
  let open = [];
  return ranges.map((range) => {
    while (next < sorted.length && sorted[next].start < range.end) open.push(sorted[next++]);
    open = open.filter((span) => span.end > range.start);
    return cut(open, range);
  });
}

/** The pieces of one range, of spans in order that all hold something of it. */
function cut(spans, { start: from, end: to }) {
  const edges = spans.flatMap(({ start, end }) => [Math.max(start, from), Math.min(end, to)]);
  const cuts = [...new Set([from, ...edges, to])].sort((one, other) => one - other);
  let next = 0;
  let open = [];
  return cuts.slice(1).map((end, place) => {
    const start = cuts[place];
    open = open.filter((span) => span.end > start);
    while (next < spans.length && spans[next].start <= start) open.push(spans[next++]);
    return { start, end, spans: [...open] };
  });
}

/**
 * What is known of a text from quoted stretches `{start, end, text}` alone: `text`, a line for each stretch that no
 * other overlaps, and `place`, from an offset in the text itself to that in the lines, or null where nothing is known.
 */
export function patchwork(quoted) {
  const stretches = [];
  for (const one of [...quoted].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = stretches.at(-1);
    const letters = [...one.text];
    if (last && one.start <= last.end) {
      last.letters.push(...letters.slice(last.end - one.start));
      last.end = Math.max(last.end, one.end);
    } else stretches.push({ start: one.start, end: one.end, letters });
  }
  let at = 0;
  for (const stretch of stretches) {
    stretch.at = at;
    at += stretch.letters.length + 1;
  }
  const place = (offset) => {
    const stretch = stretches.find(({ start, end }) => start <= offset && offset <= end);
    return stretch ? stretch.at + offset - stretch.start : null;
  };
  return { text: stretches.map(({ letters }) => letters.join("")).join("\n"), place };
}
