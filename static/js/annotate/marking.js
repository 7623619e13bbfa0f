// How far passages are: one menu for all of them, Shift+Enter, and the dialog of handing over.
import { isField, on, toast } from "../core.js";
import { caretIsOn, end, moveTo } from "./caret.js";
import { announce, isAtFoot, passageNumbered, passageOf, passages, text, wordsOf } from "./page.js";
import { currentPart, turn } from "./popover.js";
import { answeredAll, track } from "./replaced.js";
import { send } from "./send.js";

const BELOW_BAR = 120; // pixels: what stands higher counts as read
const GAP = 6; // pixels between a sign and the menu
const LEFT = ["raw", "in_progress"];

const menu = document.getElementById("mark-menu");
const dialog = document.getElementById("hand-dialog");
const state = { number: null };
const onTheirWay = new Set(); // the passages whose mark the server has not answered

/** The passage whose menu is open, or was last. */
export function menuPassage() {
  return passageNumbered(state.number);
}

function signOf(passage) {
  return passage.querySelector(".label .sign");
}

function statusOf(passage) {
  return signOf(passage).dataset.status;
}

function isValidating() {
  return text.dataset.validating !== undefined;
}

function needsWork(passage) {
  return !onTheirWay.has(passage.dataset.number) && isLeft(passage);
}

function isLeft(passage) {
  return LEFT.includes(statusOf(passage)) || (isValidating() && statusOf(passage) === "proofread");
}

/** Mark a passage, as it stands on this page; what comes back takes its place. */
function mark(passage, status, values = {}) {
  const sign = signOf(passage);
  return send(sign.getAttribute("href"), { status, seen: sign.dataset.status, revision: passage.dataset.revision, ...values });
}

function place(sign) {
  menu.style.removeProperty("top");
  menu.style.removeProperty("left");
  if (isAtFoot()) return;
  const { left, top, bottom } = sign.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const isRoom = bottom + GAP + height < innerHeight || top - GAP - height < 0;
  menu.style.top = `${(isRoom ? bottom + GAP : top - GAP - height) + scrollY}px`;
  menu.style.left = `${Math.max(GAP, Math.min(left, document.documentElement.clientWidth - width - GAP)) + scrollX}px`;
}

function openMenu(event, sign) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const passage = passageOf(sign);
  if (!passage) return;
  event.preventDefault();
  state.number = passage.dataset.number;
  menu.querySelector("#mark-title").textContent = menu.dataset.title.replace("%s", state.number);
  menu.querySelector("[data-fault]").textContent = "";
  menu.querySelector("form").elements.problem.value = passage.querySelector(".label .problem")?.textContent ?? "";
  for (const button of menu.querySelectorAll("[data-mark]")) button.setAttribute("aria-pressed", button.dataset.mark === statusOf(passage));
  if (!menu.matches(":popover-open")) menu.showPopover();
  place(sign);
  menu.querySelector("[data-mark]:not([aria-pressed=true])").focus();
}

async function markByMenu(status, values = {}) {
  const passage = menuPassage();
  if (!passage) return;
  const answer = await mark(passage, status, values);
  if (!answer.ok) {
    menu.querySelector("[data-fault]").textContent = answer.error;
    return;
  }
  menu.hidePopover();
  signOf(menuPassage())?.focus({ preventScroll: true });
}

function walkMenu(event) {
  if (event.key === "Escape") {
    event.preventDefault(); // the menu alone goes, no toast with it
    event.stopPropagation();
    menu.hidePopover();
    return;
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || isField(event.target)) return;
  event.preventDefault();
  const all = [...menu.querySelectorAll("button, input")];
  all[(all.indexOf(document.activeElement) + step + all.length) % all.length].focus();
}

/** The passage that has the focus, or the first on the screen that needs work. */
function current() {
  const onScreen = passages().filter((passage) => {
    const { bottom, top } = passage.getBoundingClientRect();
    return bottom > BELOW_BAR && top < innerHeight;
  });
  return onScreen.find(needsWork) ?? onScreen[0] ?? null;
}

function go(passage) {
  if (caretIsOn() && moveTo(passage)) return;
  const element = wordsOf(passage);
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
  const { bottom, top } = passage.getBoundingClientRect();
  if (top < BELOW_BAR || bottom > innerHeight - GAP) passage.scrollIntoView({ block: "center", behavior: "instant" });
}

function goOn(number) {
  const all = passages();
  const at = all.findIndex((passage) => passage.dataset.number === number);
  const next = all.slice(at + 1).find(needsWork) ?? all.slice(0, at).find(needsWork);
  announce(next ? menu.dataset.left.replace("%s", number) : menu.dataset.done);
  if (next) return go(next);
  end();
  const rest = document.getElementById("rest");
  rest?.scrollIntoView({ block: "center", behavior: "instant" });
  return rest?.focus({ preventScroll: true });
}

/** One goes on at once; the mark waits for the corrections before it, and where it is refused one is back. */
async function markAndGoOn(passage) {
  if (!passage || onTheirWay.has(passage.dataset.number)) return;
  const { number } = passage.dataset;
  const isOpen = statusOf(passage) !== "validated" && (needsWork(passage) || statusOf(passage) === "problematic");
  const wanted = statusOf(passage) === "proofread" ? "validated" : "proofread";
  if (isOpen) onTheirWay.add(number);
  goOn(number);
  if (!isOpen) return;
  const since = turn();
  const answer = await track(answeredAll().then(() => mark(passageNumbered(number), wanted, { quiet: "on" })));
  onTheirWay.delete(number);
  if (answer.ok) {
    if (document.activeElement === document.body) goOn(number); // what had the focus came anew
    return;
  }
  if (turn() === since) go(passageNumbered(number));
  if (!answer.isTold) toast(answer.error, { level: "error" });
}

function press(event) {
  if (event.key !== "Enter" || !event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.defaultPrevented || event.isComposing || isField(event.target) || document.querySelector("dialog:modal, #mark-menu:popover-open")) return;
  if (!["", "bar"].includes(currentPart())) return;
  const here = passageOf(event.target);
  if (!here && event.target.closest?.("a, button, summary")) return;
  event.preventDefault();
  event.stopPropagation();
  if (!event.repeat) markAndGoOn(here ?? current());
}

function openDialog({ detail }) {
  if (!dialog.contains(detail.target)) return;
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("[autofocus]")?.focus();
}

/** Listen: signs and their menu, Shift+Enter, the dialog. */
export function watchMarking() {
  document.body.addEventListener("marked", ({ detail }) => {
    text.dataset.version = detail.version;
  });
  if (!menu || !dialog) return;
  on("click", ".passage a.sign", openMenu);
  on("click", "#mark-menu [data-mark]", (_event, button) => markByMenu(button.dataset.mark));
  menu.addEventListener("keydown", walkMenu);
  menu.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    markByMenu("problematic", { problem: event.target.elements.problem.value });
  });
  document.addEventListener("keydown", press, true);
  document.body.addEventListener("htmx:afterSwap", openDialog);
  on("click", "#hand-dialog [data-close-dialog]", (event) => {
    event.preventDefault();
    dialog.close();
  });
}
