// The one file that knows UTF-16: JavaScript counts in it, everything else here in code points
// (end exclusive), as the server does.

function isPair(text, unit) {
  const high = text.charCodeAt(unit);
  const low = text.charCodeAt(unit + 1);
  return high >= 0xd800 && high <= 0xdbff && low >= 0xdc00 && low <= 0xdfff;
}

function count(text, units) {
  let points = 0;
  let unit = 0;
  while (unit < units) {
    const step = isPair(text, unit) ? 2 : 1;
    if (unit + step > units) return { points, split: true };
    unit += step;
    points += 1;
  }
  return { points, split: false };
}

/** How many code points `text` has. */
export function lengthOf(text) {
  return count(text, text.length).points;
}

/** The code points before a UTF-16 unit; inside a pair: those before it, or with it for an end. */
export function pointsAt(text, units, isEnd = false) {
  const { points, split } = count(text, units);
  return points + (split && isEnd ? 1 : 0);
}

/** The UTF-16 unit at which `points` code points have passed; the text's length at most. */
export function unitsAt(text, points) {
  let unit = 0;
  for (let left = points; left > 0 && unit < text.length; left -= 1) unit += isPair(text, unit) ? 2 : 1;
  return unit;
}

/** The part of `text` from `start` to `end`. */
export function cut(text, start, end) {
  const from = unitsAt(text, start);
  return text.slice(from, from + unitsAt(text.slice(from), end - start));
}

/** The signs of a text, one a code point. */
export function signsOf(text) {
  return Array.from(text);
}

/** The range of `root` that a DOM range covers as { start, end }, or null where they are apart. */
export function spanIn(root, range) {
  if (!range.intersectsNode(root)) return null;
  const text = root.textContent;
  const before = document.createRange();
  before.selectNodeContents(root);
  const inside = before.cloneRange();
  if (range.compareBoundaryPoints(Range.START_TO_START, inside) > 0) inside.setStart(range.startContainer, range.startOffset);
  if (range.compareBoundaryPoints(Range.END_TO_END, inside) < 0) inside.setEnd(range.endContainer, range.endOffset);
  before.setEnd(inside.startContainer, inside.startOffset);
  const from = before.toString().length;
  const start = pointsAt(text, from);
  const end = pointsAt(text, from + inside.toString().length, true);
  return end > start ? { start, end } : null;
}

/** Where a place in the DOM inside `root` stands in its text. */
export function placeIn(root, node, offset) {
  const before = document.createRange();
  before.selectNodeContents(root);
  before.setEnd(node, offset);
  return pointsAt(root.textContent, before.toString().length);
}

/** The DOM range of `root`'s text from `start` to `end`. */
export function rangeIn(root, start, end) {
  const text = root.textContent;
  const range = document.createRange();
  const from = unitsAt(text, start);
  const to = from + unitsAt(text.slice(from), end - start);
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let passed = 0;
  let begun = false;
  range.selectNodeContents(root);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const after = passed + node.data.length;
    if (!begun && from < after) {
      range.setStart(node, from - passed);
      begun = true;
    }
    if (begun && to <= after) {
      range.setEnd(node, to - passed);
      return range;
    }
    passed = after;
  }
  return range;
}
