// The text shows a correction before the server has it, and as it was if the server refuses.
import { cut, lengthOf, rangeIn } from "./offsets.js";
import { passageNumbered, text, wordsOf } from "./page.js";

const shown = new Set(); // the corrections that the text shows and no answer has brought yet

let pending = Promise.resolve(); // the acts on the text that are on their way
let all = Promise.resolve(); // and those on annotations with them

function rangeOf(root, { start, end, exact }) {
  const range = rangeIn(root, start, end);
  if (exact === "" && range.toString() !== "") range.collapse(false); // at the very end
  return range;
}

/** Keep an act in mind until it is answered. */
export function track(answer) {
  all = Promise.allSettled([all, answer]);
  return answer;
}

/** Keep an act on the text in mind: what comes after it waits. */
export function trackText(answer) {
  pending = Promise.allSettled([pending, answer]);
  return track(answer);
}

/** Spans as they stand once all that is on its way was answered: what was selected in a text that
    shows a correction before the server has it bears that correction's revision. */
export async function caughtUp(spans) {
  await pending;
  return spans.map((span) => {
    const passage = passageNumbered(span.passage);
    return isThere(wordsOf(passage), span) ? { ...span, revision: Number(passage.dataset.revision) } : span;
  });
}

/** Done when all that is on its way was answered. */
export async function answeredAll() {
  await all;
}

function isThere(root, { start, end, exact }) {
  return root !== null && cut(root.textContent, start, end) === exact;
}

function putIn(root, { span, replacement }) {
  const range = rangeOf(root, span);
  range.deleteContents();
  range.insertNode(document.createTextNode(replacement));
}

function shownIn(number) {
  return [...shown].filter(({ span }) => span.passage === number);
}

/** Show a span replaced, if its words stand there. What it gives is told when its answer `arrived`,
    or to `takeBack`; its `span` bears the revision that it is in by then. */
export function optimistically(span, replacement) {
  const correction = { span, replacement, arrived: () => {}, takeBack: () => {} };
  const root = wordsOf(passageNumbered(span.passage));
  if (!isThere(root, span)) return correction;
  const before = root.cloneNode(true);
  show(root, correction);
  shown.add(correction);
  correction.arrived = () => shown.delete(correction);
  correction.takeBack = () => {
    shown.delete(correction);
    const others = shownIn(span.passage);
    if (root.isConnected && others.length === 0) root.replaceChildren(...before.childNodes);
    else takeOut(correction, others);
  };
  return correction;
}

function show(root, correction) {
  const { revision } = root.parentElement.dataset;
  putIn(root, correction);
  correction.span = { ...correction.span, revision: Number(revision) };
}

/** The old words again, and those that were corrected behind them where they stand by now. */
function takeOut({ span, replacement }, others) {
  const root = wordsOf(passageNumbered(span.passage));
  const end = span.start + lengthOf(replacement);
  const now = { ...span, end, exact: replacement };
  if (isThere(root, now)) putIn(root, { span: now, replacement: span.exact });
  for (const other of others) {
    const { start, end: stop } = other.span;
    if (start >= end) other.span = { ...other.span, start: start + span.end - end, end: stop + span.end - end };
  }
}

/** An answer brings a passage without what was corrected after it: that is shown in it again. */
function showAgain(passage) {
  const root = wordsOf(passage);
  for (const correction of shownIn(Number(passage.dataset.number))) {
    if (isThere(root, correction.span)) show(root, correction);
  }
}

/** Listen to passages that are put in anew. */
export function watchReplaced() {
  document.body.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
    if (text.contains(detail.target)) for (const passage of detail.fragment.querySelectorAll(".passage")) showAgain(passage);
  });
}
