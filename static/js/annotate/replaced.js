// The text shows a correction before the server has it, and as it was if the server refuses.
import { cut, rangeIn } from "./offsets.js";
import { passageNumbered, wordsOf } from "./page.js";

let pending = Promise.resolve(); // the acts on the text that are on their way

function rangeOf(root, { start, end, exact }) {
  const range = rangeIn(root, start, end);
  if (exact === "" && range.toString() !== "") range.collapse(false); // at the very end
  return range;
}

/** Keep an act on the text in mind until it is answered. */
export function track(answer) {
  pending = Promise.allSettled([pending, answer]);
  return answer;
}

/** Spans as they stand once all that is on its way was answered: what was selected in a text that
    shows a correction before the server has it bears that correction's revision. */
export async function caughtUp(spans) {
  await pending;
  return spans.map((span) => {
    const passage = passageNumbered(span.passage);
    const root = wordsOf(passage);
    const same = root && cut(root.textContent, span.start, span.end) === span.exact;
    return same ? { ...span, revision: Number(passage.dataset.revision) } : span;
  });
}

/** Show a span replaced; gives what takes that back, as long as nothing newer came. */
export function optimistically(span, replacement) {
  const passage = passageNumbered(span.passage);
  const root = wordsOf(passage);
  if (!root) return () => {};
  const before = root.cloneNode(true);
  const range = rangeOf(root, span);
  range.deleteContents();
  range.insertNode(document.createTextNode(replacement));
  return () => {
    if (root.isConnected) root.replaceWith(before);
  };
}
