// The one popover of the page: a bar of acts beside the selection, and the form of the act chosen.
import { cut } from "./offsets.js";
import { paint, wipe } from "./paint.js";
import { box, isAtFoot, passageNumbered, wordsOf } from "./page.js";
import { rangesOf, select } from "./selection.js";

const GAP = 10; // pixels between the words and the popover
const EDGE = 8; // and from the edge of the window

const state = { spans: [], part: "", onClose: null, turn: 0 };

/** The spans that the popover is about; none while it is closed. */
export function currentSpans() {
  return state.spans;
}

/** How often the person has opened, moved or left it: an answer that finds another turn leaves all as it is. */
export function turn() {
  return state.turn;
}

/** Which part is shown: "bar", "comment", "flag", "tag", "entity", "resize" or "". */
export function currentPart() {
  return state.part;
}

/** The element of a part. */
export function partOf(name) {
  return box.querySelector(`[data-part="${name}"]`);
}

/** Put the popover above or below its words, inside the window. */
export function place() {
  box.style.removeProperty("top");
  box.style.removeProperty("left");
  if (isAtFoot() || !state.part) return;
  const rects = rangesOf(state.spans).map((range) => range.getBoundingClientRect());
  if (rects.length === 0) return;
  const top = Math.min(...rects.map((rect) => rect.top));
  const bottom = Math.max(...rects.map((rect) => rect.bottom));
  const { width, height } = box.getBoundingClientRect();
  const lead = document.querySelector(".bar")?.getBoundingClientRect().bottom ?? 0;
  const above = top - height - GAP;
  const below = bottom + GAP;
  const fits = state.part === "bar" ? above >= lead : above >= lead && below + height > innerHeight;
  const wanted = fits ? above : Math.min(below, innerHeight - height - EDGE);
  const middle = (rects[0].left + rects[0].right - width) / 2;
  const column = wordsOf(passageNumbered(state.spans[0].passage)).getBoundingClientRect().left - GAP;
  const left = Math.max(EDGE, Math.min(Math.max(middle, column), document.documentElement.clientWidth - width - EDGE));
  box.style.top = `${Math.max(wanted, lead + EDGE) + scrollY}px`;
  box.style.left = `${left + scrollX}px`;
}

/** Show a part about spans; `onClose` is told when the popover goes. */
export function open(part, spans, onClose = null) {
  state.turn += 1;
  state.part = part;
  state.spans = spans;
  if (onClose) state.onClose = onClose;
  for (const each of box.querySelectorAll("[data-part]")) each.hidden = each.dataset.part !== part;
  box.dataset.open = part;
  if (!box.matches(":popover-open")) box.showPopover();
  // A field takes the selection away from the text; the paint keeps showing what it is about.
  if (part === "bar") wipe("said-of");
  else paint("said-of", rangesOf(spans));
  place();
}

function stand({ passage, start, end, exact }) {
  const root = wordsOf(passageNumbered(passage));
  return root !== null && cut(root.textContent, start, end) === exact;
}

/** Passages were put in anew: what it is about is shown in them. */
export function stay(spans = state.spans) {
  if (!state.part) return;
  state.spans = spans;
  if (!spans.every(stand)) return;
  if (state.part !== "bar") paint("said-of", rangesOf(spans));
  else if (getSelection().isCollapsed) select(spans);
  place();
}

/** Close it; says whether it was open. */
export function close() {
  const wasOpen = state.part !== "";
  const { onClose } = state;
  Object.assign(state, { spans: [], part: "", onClose: null, turn: state.turn + (wasOpen ? 1 : 0) });
  wipe("said-of");
  delete box.dataset.open;
  if (box.matches(":popover-open")) box.hidePopover();
  if (wasOpen) onClose?.();
  return wasOpen;
}

addEventListener("resize", () => requestAnimationFrame(place));
