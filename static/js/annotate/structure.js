// The structure of the text: one menu for all passages, and splitting and joining by key.
import { key, on, toast } from "../core.js";
import { end as endCaret, caretIsOn } from "./caret.js";
import { currentPassage, openPassage } from "./edit.js";
import { announce, isAtFoot, passageNumbered, passageOf, text, words, wordsOf } from "./page.js";
import { close, currentSpans } from "./popover.js";
import { selectedSpans, unselect } from "./selection.js";
import { fetchElements, send } from "./send.js";

const GAP = 6; // pixels between a passage's label and the menu
const menu = document.getElementById("structure-menu");

const addressOf = (passage) => `${text.dataset.address}passages/${passage.dataset.number}/structure`;

function place(passage) {
  menu.style.removeProperty("top");
  menu.style.removeProperty("left");
  if (isAtFoot()) return;
  const { left, top, bottom } = (passage.querySelector('[data-way="structure"]') ?? passage).getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const below = bottom + GAP + height < innerHeight;
  menu.style.top = `${Math.max(GAP, below ? bottom + GAP : Math.min(top, innerHeight - height - GAP))}px`;
  menu.style.left = `${Math.max(GAP, Math.min(left, document.documentElement.clientWidth - width - GAP))}px`;
}

function fill(elements, passage) {
  menu.replaceChildren(...elements);
  if (!menu.matches(":popover-open")) menu.showPopover();
  place(passage);
}

/** What is selected is where a split is wanted. */
function offerPlace(span) {
  const { form } = menu.querySelector('button[value="split"]');
  const place = document.createElement("input");
  Object.assign(place, { type: "hidden", name: "place", value: span.start });
  form.append(place);
  form.elements.words.value = span.exact;
  form.elements.words.addEventListener("input", () => place.remove(), { once: true });
}

async function openMenu(passage) {
  const span = currentSpans().find((one) => one.passage === Number(passage.dataset.number));
  close();
  const elements = await fetchElements(addressOf(passage));
  if (!elements) return toast(words("failed"), { level: "error" });
  fill(elements, passage);
  menu.dataset.number = passage.dataset.number;
  if (span) offerPlace(span);
  // Not on the first button: a second key would join passages.
  return (menu.querySelector("select") ?? menu.querySelector("button"))?.focus();
}

function settle(passage) {
  const own = wordsOf(passageNumbered(passage.dataset.number));
  if (!own) return;
  own.tabIndex = -1;
  own.focus({ preventScroll: true });
}

async function submit(event, form) {
  event.preventDefault();
  const passage = passageNumbered(menu.dataset.number);
  if (!passage || menu.hasAttribute("aria-busy")) return;
  const values = Object.fromEntries(new FormData(form, event.submitter));
  delete values.csrfmiddlewaretoken;
  menu.setAttribute("aria-busy", "true");
  const answer = await send(form.getAttribute("action"), values);
  menu.removeAttribute("aria-busy");
  if (answer.ok) {
    menu.hidePopover();
    settle(passage);
    return;
  }
  const made = document.createElement("template");
  made.innerHTML = answer.html;
  if (made.content.querySelector("[data-structure]")) {
    fill([...made.content.children], passage);
    const again = menu.querySelector(`button[value="${values.act}"]`);
    (again?.form.querySelector("input:not([type=hidden]), select") ?? again ?? menu.querySelector("button"))?.focus();
  } else if (!answer.isTold) toast(answer.error, { level: "error" });
}

async function act(passage, values) {
  const answer = await send(addressOf(passage), { revision: passage.dataset.revision, ...values });
  if (answer.ok) {
    settle(passage);
    return;
  }
  const made = document.createElement("template");
  made.innerHTML = answer.html;
  const fault = made.content.querySelector("[role=alert]")?.textContent.trim();
  if (!answer.isTold) toast(fault || answer.error, { level: "error" });
}

function leaveSelection() {
  if (caretIsOn()) endCaret();
  close();
  unselect();
}

/** Before the word that is selected, or that the caret of words is on. */
function split() {
  const [span] = currentSpans().length > 0 ? currentSpans() : selectedSpans();
  if (!span) {
    const hint = document.querySelector('[data-key="caret"]')?.textContent ?? "s";
    toast(document.getElementById("edit-template").dataset.place.replace("%s", hint));
    return true;
  }
  const passage = passageNumbered(span.passage);
  leaveSelection();
  act(passage, { act: "split", place: span.start });
  return true;
}

function merge() {
  const passage = currentPassage();
  if (!passage) return false;
  let next = passage.nextElementSibling;
  while (next && !next.matches(".passage")) next = next.nextElementSibling;
  leaveSelection();
  act(passage, { act: "merge", ...(next ? { following: next.dataset.number } : {}) });
  return true;
}

/** Listen: the keys, the signs beside passages, the forms of the menu. */
export function watchStructure() {
  if (!menu) return;
  key("structure", () => {
    const passage = currentPassage();
    if (passage) openMenu(passage);
    return passage !== null;
  });
  key("split", split);
  key("merge", merge);
  on("click", '[data-way="structure"]', (event, link) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openMenu(passageOf(link));
  });
  on("submit", "#structure-menu form", submit);
  on("click", '[data-way="edit-from-menu"]', (event, link) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !menu.contains(link)) return;
    event.preventDefault();
    menu.hidePopover();
    openPassage(passageNumbered(menu.dataset.number));
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    menu.hidePopover();
    const passage = passageNumbered(menu.dataset.number);
    if (passage) settle(passage);
  });
  menu.addEventListener("toggle", ({ newState }) => {
    if (newState === "open") announce(menu.querySelector("h2")?.textContent ?? "");
  });
}
