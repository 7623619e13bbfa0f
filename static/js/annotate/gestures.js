// From mouse, pen, finger and keyboard to a selection with the popover beside it.
import { key, on } from "../core.js";
import { caretIsOn, end, resume } from "./caret.js";
import { deactivate } from "./marks.js";
import { box, passageOf, text } from "./page.js";
import { close, currentPart, open } from "./popover.js";
import { select, selectedSpans, snaps, spansBetween, unselect, wholeSpan, wordSpanAt } from "./selection.js";

const FAR = 8; // pixels: a press that goes as far drags
const SETTLED = 350; // ms without a change of the selection: the finger has let go of its handles

let isTouch = false;
let wasInText = false;
let pressed = null; // where in the text the mouse came down
let partBefore = ""; // what was open when the finger came down

function offer(spans, reselect = true) {
  if (spans.length === 0) return;
  if (reselect) select(spans);
  open("bar", spans);
}

/** What a click means: twice a word, three times the passage. */
function spansOfClick(event) {
  const exact = event.altKey || !snaps();
  if (event.detail === 2 && !event.altKey) {
    const word = wordSpanAt(event.clientX, event.clientY);
    if (word) return [word];
  }
  if (event.detail >= 3) {
    const whole = wholeSpan(passageOf(event.target));
    if (whole) return [whole];
  }
  const spans = selectedSpans(exact);
  // Chromium selects nothing where a drag begins within a fraction of a pixel of a letter's middle.
  const isDrag = pressed && Math.abs(event.clientX - pressed.clientX) > FAR;
  return spans.length === 0 && isDrag ? spansBetween(pressed, event, exact) : spans;
}

function lift(event) {
  if (isTouch || event.button > 0 || box.contains(event.target) || !wasInText) return;
  // The browser settles its selection after the event.
  setTimeout(() => offer(spansOfClick(event)));
}

function press(event) {
  isTouch = event.pointerType === "touch";
  wasInText = event.target instanceof Node && text.contains(event.target) && !event.target.closest(".label, .card");
  partBefore = currentPart();
  pressed = wasInText ? { clientX: event.clientX, clientY: event.clientY } : null;
  if (!isTouch) leaveAlone(event.target);
}

/** A finger that scrolls closes nothing, one that taps beside the popover does. */
function tap({ target }) {
  if (!isTouch || !partBefore || partBefore !== currentPart()) return;
  if (wasInText && partBefore === "bar") return; // the finger moves the handles
  leaveAlone(target);
}

/** Close the popover for what was pressed, unless it is a part of it or a toast. */
function leaveAlone(target) {
  if (!box.contains(target) && !target.closest?.("#toasts")) close();
}

let settling = 0;

function change() {
  if (!isTouch || caretIsOn() || box.contains(document.activeElement)) return;
  clearTimeout(settling);
  settling = setTimeout(() => {
    const spans = selectedSpans();
    if (spans.length > 0) offer(spans, false);
    else if (currentPart() === "bar") close();
  }, SETTLED);
}

/** Keys that select without us: the browser's own caret browsing, or Shift with arrows. */
function lifted(event) {
  if (caretIsOn() || !event.shiftKey || !event.key.startsWith("Arrow") || box.contains(event.target)) return;
  const spans = selectedSpans();
  if (spans.length > 0) open("bar", spans);
}

/** Close the popover; from a form in the caret mode, back to the words. */
function leave() {
  const inForm = !["bar", "resize"].includes(currentPart());
  if (caretIsOn()) {
    if (inForm) resume();
    else end();
    return;
  }
  close();
  unselect();
}

/** Listen. */
export function watchGestures() {
  document.addEventListener("pointerdown", press, true);
  document.addEventListener("click", tap);
  document.addEventListener("mouseup", lift);
  document.addEventListener("selectionchange", change);
  document.addEventListener("keyup", lifted);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || !currentPart()) return;
    event.preventDefault();
    event.stopPropagation();
    leave();
  }, true);
  on("click", "#say [data-close]", leave);
  key("close", () => {
    const last = document.querySelector("#toasts > :last-child");
    last?.remove();
    return last !== null || deactivate();
  });
}
