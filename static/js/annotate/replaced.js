// The text shows a correction before the server has it, and as it was if the server refuses.
import { rangeIn } from "./offsets.js";
import { passageNumbered, wordsOf } from "./page.js";

function rangeOf(root, { start, end, exact }) {
  const range = rangeIn(root, start, end);
  if (exact === "" && range.toString() !== "") range.collapse(false); // at the very end
  return range;
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
