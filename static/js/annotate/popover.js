// The one popover of the page: a bar of acts beside the selection, and the form of the act chosen.
import { cut } from "./offsets.js";
import { paint, wipe } from "./paint.js";
import { box, isAtFoot, passageNumbered, wordsOf } from "./page.js";
import { rangesOf, select } from "./selection.js";

const GAP = 10; // pixels between the words and the popover
const EDGE = 8; // and from the edge of the window
const LEAD = 40; // what stays in sight above the words when the page is scrolled for them

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

/** Where the words are in the window: their first rectangle, and all of them from top to bottom. */
function whereWordsAre() {
  const rects = rangesOf(state.spans).map((range) => range.getBoundingClientRect());
  if (rects.length === 0) return null;
  const top = Math.min(...rects.map((rect) => rect.top));
  const bottom = Math.max(...rects.map((rect) => rect.bottom));
  return { first: rects[0], top, bottom };
}

/** Scroll so far that a form leaves its words in sight, as long as their beginning stays. */
function clear({ top, bottom }, end, lead) {
  const covered = Math.min(bottom + GAP - end, top - lead - LEAD);
  if (covered <= 0) return 0;
  const before = scrollY;
  scrollBy({ top: covered, behavior: "instant" });
  return scrollY - before;
}

/** Put the popover above or below its words, inside the window. */
export function place() {
  box.style.removeProperty("top");
  box.style.removeProperty("left");
  const words = state.part && whereWordsAre();
  if (!words) return;
  const { first, top, bottom } = words;
  const { width, height, top: foot } = box.getBoundingClientRect();
  const header = document.querySelector(".bar");
  const sticks = header && ["sticky", "fixed"].includes(getComputedStyle(header).position);
  const lead = sticks ? header.getBoundingClientRect().bottom : 0;
  const isBar = state.part === "bar";
  if (isAtFoot()) {
    if (!isBar) clear(words, foot, lead);
    return;
  }
  const above = top - height - GAP;
  const below = bottom + GAP;
  const fitsBelow = below + height <= innerHeight;
  const fits = above >= lead && (isBar || !fitsBelow);
  const moved = isBar || fits || fitsBelow ? 0 : clear(words, innerHeight - height - EDGE, lead);
  const wanted = fits ? above : Math.min(below - moved, innerHeight - height - EDGE);
  const middle = (first.left + first.right - width) / 2;
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
