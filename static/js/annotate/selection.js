// The person's selection as spans: a passage, the revision seen, code points, and the words.
import { cut, lengthOf, placeIn, rangeIn, signsOf, spanIn } from "./offsets.js";
import { passageNumbered, passageOf, recall, remember, text, wordsOf } from "./page.js";
import { snap, trim, wordAt } from "./words.js";

const KEPT = "annotate:words"; // "no" when selections are kept as they are

/** Whether selections are widened to whole words. */
export function snaps() {
  return recall(KEPT) !== "no";
}

/** Choose whether selections are widened to whole words; this browser keeps it. */
export function setSnaps(wanted) {
  remember(KEPT, wanted ? null : "no");
}

/** A span of a passage from `start` to `end`. */
export function spanOf(passage, { start, end }) {
  return {
    passage: Number(passage.dataset.number),
    revision: Number(passage.dataset.revision),
    start,
    end,
    exact: cut(wordsOf(passage).textContent, start, end),
  };
}

function touched(range) {
  const first = passageOf(range.startContainer);
  const last = passageOf(range.endContainer);
  if (first && first === last) return [first];
  return [...text.querySelectorAll(".passage")].filter((passage) => range.intersectsNode(passage));
}

/** The spans that a DOM range covers; `exact` leaves its ends where they are. */
export function spansOf(range, exact = !snaps()) {
  const spans = [];
  for (const passage of touched(range)) {
    const root = wordsOf(passage);
    const covered = root && spanIn(root, range);
    const signs = covered && signsOf(root.textContent);
    const span = covered && (exact ? trim(signs, covered) && covered : snap(signs, covered));
    if (span) spans.push(spanOf(passage, span));
  }
  return spans;
}

/** The spans of what is selected now; none where nothing in the text is. */
export function selectedSpans(exact) {
  const selection = getSelection();
  if (selection.rangeCount === 0 || selection.isCollapsed) return [];
  const range = selection.getRangeAt(0);
  return range.intersectsNode(text) ? spansOf(range, exact) : [];
}

/** The DOM ranges of spans, as far as their passages are there. */
export function rangesOf(spans) {
  return spans
    .map((span) => ({ span, root: wordsOf(passageNumbered(span.passage)) }))
    .filter(({ root }) => root)
    .map(({ span, root }) => rangeIn(root, span.start, span.end));
}

/** Select spans, from the first to the last. */
export function select(spans) {
  const ranges = rangesOf(spans);
  if (ranges.length === 0) return;
  const first = ranges[0];
  const last = ranges.at(-1);
  getSelection().setBaseAndExtent(first.startContainer, first.startOffset, last.endContainer, last.endOffset);
}

/** Select nothing. */
export function unselect() {
  getSelection().removeAllRanges();
}

/** The place in the text at a point of the window as { passage, at }, or null. */
export function placeAt(x, y) {
  let node;
  let offset;
  if (document.caretPositionFromPoint) {
    const caret = document.caretPositionFromPoint(x, y);
    node = caret?.offsetNode;
    offset = caret?.offset;
  } else {
    const caret = document.caretRangeFromPoint?.(x, y);
    node = caret?.startContainer;
    offset = caret?.startOffset;
  }
  const passage = node && passageOf(node);
  const root = wordsOf(passage);
  if (!root?.contains(node)) return null;
  return { passage, at: placeIn(root, node, offset) };
}

/** The span from one point of the window to another in the same passage; none where no words are between. */
export function spansBetween(from, to, exact = !snaps()) {
  const [one, other] = [from, to].map(({ clientX, clientY }) => placeAt(clientX, clientY));
  if (!one || one.passage !== other?.passage || one.at === other.at) return [];
  const covered = { start: Math.min(one.at, other.at), end: Math.max(one.at, other.at) };
  const signs = signsOf(wordsOf(one.passage).textContent);
  const span = exact ? trim(signs, covered) && covered : snap(signs, covered);
  return span ? [spanOf(one.passage, span)] : [];
}

/** The word at a point of the window as a span, or null. */
export function wordSpanAt(x, y) {
  const place = placeAt(x, y);
  if (!place) return null;
  const signs = signsOf(wordsOf(place.passage).textContent);
  const word = wordAt(signs, place.at) ?? wordAt(signs, place.at - 1);
  return word && spanOf(place.passage, word);
}

/** A whole passage as a span, or null where it is blank. */
export function wholeSpan(passage) {
  const said = wordsOf(passage)?.textContent ?? "";
  const whole = trim(signsOf(said), { start: 0, end: lengthOf(said) });
  return whole && spanOf(passage, whole);
}

/** What spans quote, in one line. */
export function quoteOf(spans) {
  return spans.map((span) => span.exact).join(" … ");
}
