// Whom the words name: searched as one types, chosen by arrows; the form that is called for is put in.
import { keepDraft } from "./drafts.js";
import { markedOf, markOption, optionsOf } from "./listbox.js";
import { announce, box, text, words } from "./page.js";
import { locate, put } from "./parts.js";
import { currentPart, place } from "./popover.js";
import { draftName, fault, field, form, list, show, state } from "./replacing.js";
import { fetchElements } from "./send.js";

const PAUSE = 120; // ms without typing before the server is asked

let asking;
let timer = 0;
let waiting = []; // what is done once the list is there

function formsOf(option) {
  const forms = (option.dataset.forms ?? "").split("\n").filter(Boolean);
  return forms.length > 0 ? forms : [option.querySelector("b").textContent];
}

/** What is selected inside the field, if that is a part of what it holds. */
function selectedPart() {
  const { selectionStart: start, selectionEnd: end, value } = field();
  return document.activeElement === field() && end > start && end - start < value.trim().length ? { start, end } : null;
}

function choose(option, { byHand = false } = {}) {
  if (!option) {
    state.chosen = null;
    state.part = null;
    return show();
  }
  const forms = formsOf(option);
  const called = option.dataset.form || forms[0];
  const { value } = field();
  // What a choice has put in gives way to the next one; in what was typed, or was there, the name is looked for.
  const before = state.chosen && !state.isTyped ? state.part : null;
  state.chosen = { option, forms, form: called };
  const inField = !before && (state.isTyped || state.asked !== value) ? locate(value, called, forms) : null;
  const wanted = selectedPart() ?? before;
  if (inField && !wanted) {
    state.part = inField;
    state.chosen.form = value.slice(inField.start, inField.end);
  } else if (byHand || !state.isTyped) {
    write(put(value, wanted, called));
  } else {
    state.part = { start: 0, end: value.length };
  }
  return show();
}

/** Write a form into the field, marked: typing goes on in its place. */
function write({ value, part }) {
  field().value = value;
  state.part = part;
  field().setSelectionRange(part.start, part.end);
}

/** The next form of the name (by 1) or the one before, or the one given, in its place. */
export function switchForm(by, name = null) {
  if (!state.chosen) return;
  const { forms, form: before } = state.chosen;
  const here = forms.indexOf(before);
  const next = name ?? forms[(Math.max(here, 0) + by + forms.length) % forms.length];
  state.chosen.form = next;
  write(put(field().value, state.part, next));
  show();
  announce(next);
}

function setBusy(isBusy) {
  if (isBusy) list().setAttribute("aria-busy", "true");
  else list().removeAttribute("aria-busy");
}

/** Whether what is done now has to wait: for the list, or for what waits already. */
export function isWaiting() {
  return waiting.length > 0;
}

/** Do something with the list: at once, or when the one that is asked for is there. */
export function whenFound(act) {
  if (list().hasAttribute("aria-busy")) waiting.push(act);
  else act();
}

function found() {
  setBusy(false);
  const acts = waiting;
  waiting = [];
  for (const act of acts) act();
}

/** Search these words; the list keeps the last answer until the next is there. */
export async function search(asked) {
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  state.asked = asked;
  setBusy(true);
  const query = new URLSearchParams({ q: asked.slice(0, 300), article: text.dataset.article, words: state.garbled.slice(0, 300) });
  const answers = asked.trim() ? await fetchElements(`${box.dataset.pick}?${query}`, signal) : [];
  if (signal.aborted) return;
  if (answers === null) {
    waiting = [];
    setBusy(false);
    fault(words("offline"));
    return;
  }
  fault("");
  const kept = state.chosen?.byHand ? state.chosen.option : null;
  list().replaceChildren(...answers);
  htmx.process(list()); // what comes later fills itself in
  if (!kept) settle();
  found();
}

/** Give each option its id; what is strong is chosen, as long as nobody has chosen by hand. */
export function settle() {
  const options = optionsOf(list());
  for (const [index, option] of options.entries()) option.id ||= `say-replacing-${index}-${Date.now()}`;
  field().setAttribute("aria-expanded", String(options.length > 0));
  form().querySelector("[data-none]").hidden = options.length > 0 || list().childElementCount > 0;
  if (!state.span || state.chosen?.byHand) return place();
  const strong = options[0]?.hasAttribute("data-strong") ? options[0] : null;
  markOption(field(), list(), strong);
  if (strong !== state.chosen?.option) choose(strong);
  return place();
}

/** Search them once nobody types for a moment. */
export function searchSoon(asked) {
  asking?.abort();
  clearTimeout(timer);
  setBusy(true);
  timer = setTimeout(() => search(asked), PAUSE);
}

/** After a change of the field by hand. */
export function typed() {
  state.isTyped = true;
  waiting = [];
  const { value } = field();
  keepDraft(draftName(), { body: value, spans: [state.span] });
  // A name that is lost while one types in front of it, "MBlinken", is found again: "M. Blinken".
  const chosen = state.chosen ?? state.lost;
  const part = chosen && locate(value, chosen.form, chosen.forms);
  state.lost = part ? null : chosen;
  if (part) {
    state.chosen = chosen;
    state.part = part;
    chosen.form = value.slice(part.start, part.end);
    stopAsking();
  } else {
    state.chosen = null;
    state.part = null;
    markOption(field(), list(), null);
    searchSoon(value);
  }
  show();
}

/** A part of the field that is selected is what is linked, and what is searched. */
export function settlePart() {
  if (currentPart() !== "replace") return;
  const part = selectedPart();
  if (!part) return;
  if (state.chosen) {
    state.part = part;
    return show();
  }
  const wanted = field().value.slice(part.start, part.end);
  if (wanted !== state.asked) searchSoon(wanted);
  return undefined;
}

/** Take the option that is marked, by hand. */
export function takeMarked() {
  state.lost = null;
  const option = markedOf(list());
  choose(option, { byHand: true });
  if (state.chosen) state.chosen.byHand = true;
}

/** Nothing is asked any more. */
export function stopAsking() {
  asking?.abort();
  clearTimeout(timer);
  waiting = [];
  setBusy(false);
}
