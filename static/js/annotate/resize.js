// Other words for an annotation: drag an end of what stands out, or choose anew by keyboard.
import { key, on, toast } from "../core.js";
import { beginWith, end, keepNow } from "./caret.js";
import { activate, cardOf, marksOf, selected } from "./marks.js";
import { placeIn, rangeIn, signsOf } from "./offsets.js";
import { passageOf, text, wordsOf } from "./page.js";
import { paint, wipe } from "./paint.js";
import { placeAt, snaps, spanOf } from "./selection.js";
import { send } from "./send.js";
import { snap, trim } from "./words.js";

const grips = ["start", "end"].map((side) => {
  const grip = document.createElement("span");
  grip.className = "grip";
  grip.dataset.side = side;
  grip.hidden = true;
  grip.setAttribute("aria-hidden", "true"); // by keyboard there is another way
  return grip;
});

/** The passages that an annotation is about, each with its range there. */
function placesOf(id) {
  const found = new Map();
  for (const mark of marksOf(id)) {
    const passage = passageOf(mark);
    const root = wordsOf(passage);
    const start = placeIn(root, mark, 0);
    const stop = placeIn(root, mark, mark.childNodes.length);
    const before = found.get(passage);
    found.set(passage, before ? { start: Math.min(before.start, start), end: Math.max(before.end, stop) } : { start, end: stop });
  }
  return found;
}

/** Whether the person may: the card offers to edit it. */
function mayMove(id) {
  return Boolean(id && cardOf(id)?.querySelector(':scope > footer [data-act="edit"]'));
}

async function move(id, spans) {
  const answer = await send(`/a/${id}/move`, { version: cardOf(id).dataset.version, spans: JSON.stringify(spans) });
  wipe("said-now");
  if (!answer.ok && !answer.isTold) toast(answer.error, { level: "error" });
  activate(id, { scroll: false });
  return answer;
}

function onePlace(id) {
  const places = placesOf(id);
  return places.size === 1 ? [...places][0] : null;
}

/** Put the grips at the ends of what stands out. */
export function placeGrips() {
  const id = selected();
  const place = mayMove(id) && onePlace(id);
  for (const grip of grips) grip.hidden = !place;
  if (!place) return;
  const [passage, { start, end: stop }] = place;
  const rects = rangeIn(wordsOf(passage), start, stop).getClientRects();
  if (rects.length === 0) return;
  const origin = text.getBoundingClientRect();
  const ends = [rects[0], rects[rects.length - 1]];
  for (const [index, grip] of grips.entries()) {
    const rect = ends[index];
    grip.style.left = `${(index === 0 ? rect.left : rect.right) - origin.left}px`;
    grip.style.top = `${rect.top - origin.top}px`;
    grip.style.height = `${rect.height}px`;
  }
}

function drag(event, grip) {
  const id = selected();
  const place = onePlace(id);
  if (!place || event.button > 0) return;
  event.preventDefault();
  const [passage, before] = place;
  let now = before;
  grip.setPointerCapture(event.pointerId);
  const moved = (step) => {
    const at = placeAt(step.clientX, step.clientY);
    if (at?.passage !== passage) return;
    now = between(passage, before, grip.dataset.side, at.at, step.altKey || !snaps()) ?? now;
    paint("said-now", [rangeIn(wordsOf(passage), now.start, now.end)]);
  };
  const done = () => {
    grip.removeEventListener("pointermove", moved);
    const same = now.start === before.start && now.end === before.end;
    if (same) wipe("said-now");
    else move(id, [spanOf(passage, now)]).then(placeGrips);
  };
  grip.addEventListener("pointermove", moved);
  grip.addEventListener("lostpointercapture", done, { once: true });
}

function between(passage, before, side, at, exact) {
  const wanted = side === "start" ? { start: at, end: before.end } : { start: before.start, end: at };
  if (wanted.end <= wanted.start) return null;
  const signs = signsOf(wordsOf(passage).textContent);
  const snapped = exact ? trim(signs, wanted) && wanted : snap(signs, wanted);
  if (!snapped) return null;
  // Only the end that is dragged moves.
  return side === "start" ? { start: snapped.start, end: before.end } : { start: before.start, end: snapped.end };
}

function byKeyboard() {
  const id = selected();
  if (!mayMove(id)) return false;
  const [first, range] = [...placesOf(id)][0] ?? [];
  if (!first) return false;
  beginWith(first, range, async (spans) => {
    const answer = await move(id, spans);
    if (!answer.ok) return;
    end();
    const [mark] = marksOf(id);
    if (!mark) return;
    mark.tabIndex = -1;
    mark.focus({ preventScroll: true });
  });
  return true;
}

/** Listen. */
export function watchResize() {
  text.append(...grips);
  for (const grip of grips) grip.addEventListener("pointerdown", (event) => drag(event, grip));
  document.addEventListener("annotation:on", () => requestAnimationFrame(placeGrips));
  document.body.addEventListener("annotated", () => requestAnimationFrame(placeGrips));
  new ResizeObserver(placeGrips).observe(text);
  key("resize", byKeyboard);
  on("click", "[data-resize=leave]", () => end());
  on("click", "[data-resize=keep]", () => keepNow());
}
