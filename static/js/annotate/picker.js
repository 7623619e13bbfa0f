// Linking words with an entity: what is selected is searched at once, Enter takes what stands out.
import { on, toast } from "../core.js";
import { markedOf, markOption, optionsOf, step } from "./listbox.js";
import { done, make } from "./make.js";
import { announce, box, text, words } from "./page.js";
import { currentSpans, open, partOf, place, turn } from "./popover.js";
import { quoteOf } from "./selection.js";
import { fetchElements, makeId, send } from "./send.js";

const PAUSE = 120; // ms without typing before the server is asked

const form = () => partOf("entity");
const field = () => form().elements.q;
const list = () => document.getElementById("say-entities");

let asking;
let timer = 0;
let hasChosen = false; // by arrow or hand: answers that come later leave the mark alone

function showNew(isShown) {
  const part = form().querySelector("[data-new]");
  part.hidden = !isShown;
  if (isShown) {
    form().elements.label.value = field().value.split("::")[0].trim();
    form().elements.label.focus();
  }
  place();
}

function fault(message) {
  form().querySelector("[data-fault]").textContent = message;
  place();
}

/** Search what is in the field; the list keeps the last answer until the next is there. */
async function search() {
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  const asked = new URLSearchParams({ q: field().value, article: text.dataset.article });
  form().setAttribute("aria-busy", "true");
  const found = await fetchElements(`${box.dataset.pick}?${asked}`, signal);
  if (signal.aborted) return;
  form().removeAttribute("aria-busy");
  if (found === null) {
    fault(words("offline"));
    return;
  }
  fault("");
  show(found);
}

function show(found) {
  list().replaceChildren(...found);
  hasChosen = false;
  htmx.process(list()); // what comes later fills itself in
  settle();
}

/** Give each option its id, and mark the first if it is strong. */
function settle() {
  const options = optionsOf(list());
  for (const [index, option] of options.entries()) option.id ||= `say-entity-${index}-${Date.now()}`;
  if (!hasChosen) markOption(field(), list(), options[0]?.hasAttribute("data-strong") ? options[0] : null);
  field().setAttribute("aria-expanded", String(options.length > 0));
  form().querySelector("[data-none]").hidden = options.length > 0 || list().childElementCount > 0;
  place();
}

async function link(values) {
  if (form().getAttribute("aria-busy") === "sending") return;
  const spans = currentSpans();
  form().dataset.id ||= makeId();
  form().setAttribute("aria-busy", "sending");
  const said = { id: form().dataset.id, motivation: "identifying", ...values };
  if (form().dataset.private) said.private = "on";
  const answer = await make(spans, said);
  form().removeAttribute("aria-busy");
  if (!answer.ok) {
    if (turn() === answer.since) fault(answer.error);
    else if (!answer.isTold) toast(answer.error, { level: "error" });
    return;
  }
  done(said.id, spans, answer.since);
}

function take(option) {
  const { entity, authority, value } = option.dataset;
  return link(entity ? { entity } : { authority, value });
}

async function create() {
  const label = form().elements.label.value.trim();
  if (!label) return form().elements.label.focus();
  const kind = form().elements.kind.value;
  return link({ entity_label: label, entity_kind: kind });
}

function keydown(event) {
  if (event.target !== field()) {
    if (event.key === "Enter" && event.target === form().elements.label) {
      event.preventDefault();
      create();
    }
    return;
  }
  if (step(event, field(), list())) {
    hasChosen = true;
    return;
  }
  if (event.key !== "Enter" || event.isComposing) return;
  event.preventDefault();
  const marked = markedOf(list());
  if (marked && !isStale()) take(marked);
  else announce(words("choose"));
}

/** While an answer is on its way, the mark belongs to what was typed before. */
function isStale() {
  return timer !== 0 || form().getAttribute("aria-busy") === "true";
}

/** Open the picker about spans, their words searched already. */
export function openPicker(spans, isPrivate) {
  const picker = form();
  picker.reset();
  delete picker.dataset.id;
  picker.dataset.private = isPrivate ? "on" : "";
  picker.querySelector("[data-quote]").textContent = quoteOf(spans);
  picker.querySelector("[data-new]").hidden = true;
  picker.querySelector("[data-fault]").textContent = "";
  list().replaceChildren();
  field().value = quoteOf(spans).slice(0, 300);
  open("entity", spans);
  field().focus();
  field().select();
  search();
}

/** Listen to the picker. */
export function watchPicker() {
  const picker = form();
  picker.addEventListener("submit", (event) => event.preventDefault());
  picker.addEventListener("keydown", keydown);
  field().addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = 0;
      search();
    }, PAUSE);
  });
  list().addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  list().addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option && !event.target.closest("a")) take(option);
  });
  new MutationObserver(settle).observe(list(), { childList: true });
  on("click", "[data-new-open]", () => showNew(true));
  on("click", "[data-new-cancel]", () => {
    showNew(false);
    field().focus();
  });
  on("click", "[data-new-make]", create);
  on("click", "[data-nobody]", () => link({ status: "not_identifiable" }));
}
