// Replacing words: one field corrects them and finds whom they name; what Enter does is always said.
import { key, on, toast } from "../core.js";
import { caretIsOn } from "./caret.js";
import { draftOf, dropDraft, keepDraft } from "./drafts.js";
import { markedOf, markOption, optionsOf, step } from "./listbox.js";
import { done, make } from "./make.js";
import { marksOf, selected } from "./marks.js";
import { lengthOf, placeIn, signsOf } from "./offsets.js";
import { announce, box, passageNumbered, passageOf, text, words, wordsOf } from "./page.js";
import { locate, plan, put, startOfDeletion } from "./parts.js";
import { close, currentPart, currentSpans, open, partOf, place } from "./popover.js";
import { optimistically } from "./replaced.js";
import { quoteOf, spanOf, unselect } from "./selection.js";
import { fetchElements, makeId, send } from "./send.js";
import { wordAfter, wordBefore } from "./words.js";

const PAUSE = 120; // ms without typing before the server is asked

const form = () => partOf("replace");
const field = () => form().elements.q;
const list = () => document.getElementById("say-replacing");

const state = { span: null, garbled: "", chosen: null, part: null, isTyped: false, asked: "" };
let asking;
let timer = 0;

function formsOf(option) {
  const forms = (option.dataset.forms ?? "").split("\n").filter(Boolean);
  return forms.length > 0 ? forms : [option.querySelector("b").textContent];
}

function labelOf(option) {
  return option.querySelector("b").textContent;
}

/** What is selected inside the field, if that is a part of what it holds. */
function selectedPart() {
  const { selectionStart: start, selectionEnd: end, value } = field();
  return document.activeElement === field() && end > start && end - start < value.trim().length ? { start, end } : null;
}

function partWords() {
  const { value } = field();
  return state.part ? value.slice(state.part.start, state.part.end) : value;
}

/* ---- what is shown */

function say(name, ...values) {
  return values.reduce((said, value, index) => said.replace(`%${index + 1}`, value), words(name));
}

function will() {
  const { value } = field();
  const doing = plan(state.span.exact, value, state.chosen !== null);
  const label = state.chosen && labelOf(state.chosen.option);
  switch (doing) {
    case "both":
      return say("willBoth", value.trim(), partWords().trim(), label);
    case "link":
      return say("willLink", state.span.exact, label);
    case "delete":
      return say("willDelete", state.span.exact);
    case "insert":
      return say("willInsert", value.trim());
    case "correct":
      return say("willCorrect", value.trim());
    default:
      return words(state.span.exact ? "willNothing" : "willType");
  }
}

function element(tag, content, name = "") {
  const made = document.createElement(tag);
  made.textContent = content;
  if (name) made.className = name;
  return made;
}

/** The old words, the new ones with the linked part marked, and whom it names. */
function showChange() {
  const { value } = field();
  const parts = state.span.exact ? [element("del", state.span.exact)] : [];
  if (value !== state.span.exact) {
    const { start, end } = (state.chosen && state.part) ?? { start: 0, end: 0 };
    parts.push(" → ", element("ins", value.slice(0, start)), element("ins", value.slice(start, end), "linked"), element("ins", value.slice(end)));
  }
  if (state.chosen) parts.push(" ", element("span", labelOf(state.chosen.option), "replace-entity"));
  form().querySelector("[data-change]").replaceChildren(...parts);
}

function showForms() {
  const shelf = form().querySelector("[data-forms]");
  const forms = state.chosen?.forms ?? [];
  shelf.hidden = forms.length < 2;
  shelf.replaceChildren(
    ...forms.map((name) => {
      const button = element("button", name, "button quiet");
      button.type = "button";
      button.tabIndex = -1; // by keyboard: Alt and arrows
      button.setAttribute("aria-pressed", String(name === state.chosen.form));
      return button;
    }),
  );
}

function showMemory() {
  const label = form().querySelector("[data-memory]");
  const may = state.chosen?.option.hasAttribute("data-remember") && field().value !== state.span.exact && state.span.exact !== "";
  if (label.hidden === !may) return;
  label.hidden = !may;
  label.querySelector("span").textContent = words("remember", state.garbled);
  form().elements.remember.checked = Boolean(may);
}

function show() {
  if (!state.span) return;
  const said = will();
  const line = form().querySelector("[data-will]");
  if (line.textContent !== said) line.textContent = said;
  for (const button of form().querySelectorAll("[data-do=link], [data-do=both]")) button.disabled = !state.chosen;
  showChange();
  showForms();
  showMemory();
  place();
}

function fault(message) {
  form().querySelector("[data-fault]").textContent = message;
  place();
}

/* ---- whom it names */

function choose(option, { byHand = false } = {}) {
  if (!option) {
    state.chosen = null;
    state.part = null;
    return show();
  }
  const forms = formsOf(option);
  const called = option.dataset.form || forms[0];
  state.chosen = { option, forms, form: called };
  const { value } = field();
  const inField = state.isTyped || state.asked !== value ? locate(value, called, forms) : null;
  const wanted = selectedPart();
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

function switchForm(by, name = null) {
  if (!state.chosen) return;
  const { forms, form: before } = state.chosen;
  const here = forms.indexOf(before);
  const next = name ?? forms[(Math.max(here, 0) + by + forms.length) % forms.length];
  state.chosen.form = next;
  write(put(field().value, state.part, next));
  show();
  announce(next);
}

async function search(asked) {
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  state.asked = asked;
  if (!asked.trim()) return settle(list().replaceChildren());
  const query = new URLSearchParams({ q: asked.slice(0, 300), article: text.dataset.article, words: state.garbled.slice(0, 300) });
  const found = await fetchElements(`${box.dataset.pick}?${query}`, signal);
  if (signal.aborted) return undefined;
  if (found === null) return fault(words("offline"));
  fault("");
  const kept = state.chosen?.byHand ? state.chosen.option : null;
  list().replaceChildren(...found);
  htmx.process(list()); // what comes later fills itself in
  if (!kept) settle();
  return undefined;
}

/** Give each option its id; what is strong is chosen, as long as nobody has chosen by hand. */
function settle() {
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

function searchSoon(asked) {
  clearTimeout(timer);
  timer = setTimeout(() => search(asked), PAUSE);
}

function typed() {
  state.isTyped = true;
  const { value } = field();
  keepDraft(draftName(), { body: value, spans: [state.span] });
  const part = state.chosen && locate(value, state.chosen.form, state.chosen.forms);
  if (part) {
    state.part = part;
    state.chosen.form = value.slice(part.start, part.end);
  } else {
    state.chosen = null;
    state.part = null;
    markOption(field(), list(), null);
    searchSoon(value);
  }
  show();
}

/** A part of the field that is selected is what is linked, and what is searched. */
function settlePart() {
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

/* ---- the words */

/** Take in the word before or behind: an article, an elision. */
function widen(by) {
  const { span } = state;
  const passage = passageNumbered(span.passage);
  const signs = signsOf(wordsOf(passage).textContent);
  const word = by < 0 ? wordBefore(signs, span.start) : wordAfter(signs, span.end);
  if (!word) return;
  const untouched = field().value === span.exact;
  state.span = spanOf(passage, by < 0 ? { start: word.start, end: span.end } : { start: span.start, end: word.end });
  if (untouched) {
    field().value = state.span.exact;
    field().select();
    searchSoon(state.span.exact);
  }
  open("replace", [state.span]);
  announce(words("selected", state.span.exact));
  show();
}

function widens(event) {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!by || !event.shiftKey || event.ctrlKey || event.altKey || event.metaKey || !state.span.exact) return 0;
  const { selectionStart: start, selectionEnd: end, value } = field();
  const isWhole = start === 0 && end === value.length;
  const isAtEnd = start === end && (by < 0 ? start === 0 : end === value.length);
  return isWhole || isAtEnd ? by : 0;
}

/* ---- the acts */

function entityOf(option) {
  const { entity, authority, value } = option.dataset;
  return entity ? { entity } : { authority, value };
}

function why() {
  const values = {};
  for (const name of ["reason", "flag_kind", "certainty", "evidence"]) values[name] = form().elements[name].value;
  return values;
}

function correction(withLink) {
  const { value } = field();
  const isDeletion = value.trim() === "";
  let { span } = state;
  if (isDeletion) {
    const passage = passageNumbered(span.passage);
    const start = startOfDeletion(signsOf(wordsOf(passage).textContent), span);
    span = spanOf(passage, { start, end: span.end });
  }
  const values = { replacement: isDeletion ? "" : value, garbled: state.garbled, ...why() };
  if (withLink && state.chosen) {
    const part = state.part ?? { start: 0, end: value.length };
    Object.assign(values, entityOf(state.chosen.option), {
      link_start: lengthOf(value.slice(0, part.start)),
      link_end: lengthOf(value.slice(0, part.end)),
    });
    if (form().elements.remember.checked && !form().querySelector("[data-memory]").hidden) values.remember = "on";
  }
  return { span, values };
}

async function correct(withLink) {
  const { span, values } = correction(withLink);
  form().dataset.id ||= makeId(); // the same when it is sent again
  const sent = { ...values, id: form().dataset.id, spans: JSON.stringify([span]) };
  const takeBack = box.dataset.corrects === undefined ? null : optimistically(span, values.replacement);
  const heard = { id: "" };
  document.body.addEventListener("annotated", ({ detail }) => Object.assign(heard, detail), { once: true });
  const answer = await send(box.dataset.correct, sent);
  if (!answer.ok) {
    takeBack?.();
    return refused(answer);
  }
  dropDraft(draftName());
  const after = takeBack ? { ...span, end: span.start + lengthOf(values.replacement) } : span;
  return finish(heard.id, [after]);
}

async function link() {
  form().dataset.link ||= makeId();
  const values = { id: form().dataset.link, motivation: "identifying", ...entityOf(state.chosen.option) };
  const answer = await make([state.span], values);
  if (!answer.ok) return refused(answer);
  dropDraft(draftName());
  return finish(values.id, [state.span]);
}

function finish(id, spans) {
  state.span = null;
  if (id) return done(id, spans);
  close();
  unselect();
  return done("", spans);
}

/** What was typed stays; where the text has changed, what it says now is shown and taken up. */
function refused(answer) {
  fault(answer.error);
  if (answer.code !== "stale" || !answer.html) return;
  const made = document.createElement("template");
  made.innerHTML = answer.html;
  for (const passage of made.content.querySelectorAll(".passage")) {
    passage.removeAttribute("hx-swap-oob");
    const standing = document.getElementById(passage.id);
    standing?.replaceWith(passage);
    htmx.process(passage);
  }
  delete form().dataset.id;
  if (answer.place) {
    state.span = answer.place;
    open("replace", [state.span]);
    fault(words("stale", state.span.exact));
  }
  field().focus();
  show();
}

async function perform(doing) {
  if (!state.span || form().hasAttribute("aria-busy")) return;
  const able = plan(state.span.exact, field().value, state.chosen !== null);
  const wanted = doing === "enter" ? able : doing;
  const changes = !["nothing", "link"].includes(able);
  if (wanted === "nothing" || (wanted !== "link" && !changes) || (wanted === "link" && !state.chosen)) {
    announce(will());
    return;
  }
  form().setAttribute("aria-busy", "true");
  try {
    await (wanted === "link" ? link() : correct(wanted === "both"));
  } finally {
    form().removeAttribute("aria-busy");
  }
}

function enter(event) {
  event.preventDefault();
  if (event.shiftKey) return perform("link");
  return perform(event.ctrlKey || event.metaKey ? "correct" : "enter");
}

function keydown(event) {
  if (event.isComposing) return;
  if (event.key === "Enter" && !event.target.matches("button, summary, select")) return enter(event);
  if (event.target !== field()) return;
  const alt = event.altKey && { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (alt) {
    event.preventDefault();
    return switchForm(alt);
  }
  const by = widens(event);
  if (by) {
    event.preventDefault();
    return widen(by);
  }
  if (step(event, field(), list())) return takeMarked();
  return undefined;
}

function takeMarked() {
  const option = markedOf(list());
  choose(option, { byHand: true });
  if (state.chosen) state.chosen.byHand = true;
}

/* ---- opening */

function draftName(span = state.span) {
  return `new:replace:${span.passage}:${span.start}-${span.end}`;
}

/** Open it about one span; an empty one means that something is put in there. */
export function openReplace(spans) {
  if (box.dataset.correct === undefined) return false;
  if (spans.length !== 1) {
    toast(words("oneOnly"));
    return true;
  }
  const [span] = spans;
  Object.assign(state, { span, garbled: span.exact, chosen: null, part: null, isTyped: false, asked: "" });
  const part = form();
  part.reset();
  delete part.dataset.id;
  delete part.dataset.link;
  part.querySelector("details").open = false;
  part.querySelector("[data-fault]").textContent = "";
  part.querySelector("[data-none]").hidden = true;
  list().replaceChildren();
  field().value = span.exact;
  open("replace", [span.exact ? span : wordBeside(span)], () => left(span));
  field().focus();
  field().select();
  show();
  const draft = draftOf(draftName());
  if (draft) {
    field().value = draft.body;
    typed();
  } else if (span.exact) {
    search(span.exact);
  }
  return true;
}

/** Where the popover stands while something is put in between words. */
function wordBeside(span) {
  const passage = passageNumbered(span.passage);
  const signs = signsOf(wordsOf(passage).textContent);
  return spanOf(passage, wordBefore(signs, span.start) ?? wordAfter(signs, span.start) ?? { start: 0, end: signs.length });
}

/** Left on purpose: what was typed is not offered again. */
function left(span) {
  asking?.abort();
  clearTimeout(timer);
  if (state.span) dropDraft(draftName(span));
  state.span = null;
}

/** The words of the annotation that is focused, or where a bare caret stands. */
function fromPage() {
  const focused = document.activeElement?.closest?.("mark[data-a], .card[data-a]:not(.reply)");
  const selection = getSelection();
  const node = selection.rangeCount > 0 && selection.isCollapsed ? selection.anchorNode : null;
  const passage = node && passageOf(node);
  const inMark = node && node.parentElement.closest("mark[data-a]")?.dataset.a === selected() && selected();
  const id = focused?.dataset.a ?? (inMark || "");
  if (id) return spansOfMarks(id);
  if (!passage || !wordsOf(passage)?.contains(node)) return [];
  const at = placeIn(wordsOf(passage), node, selection.anchorOffset);
  return [{ ...spanOf(passage, { start: at, end: at }), exact: "" }];
}

function spansOfMarks(id) {
  const found = new Map();
  for (const mark of marksOf(id)) {
    const passage = passageOf(mark);
    const root = wordsOf(passage);
    const start = placeIn(root, mark, 0);
    const end = placeIn(root, mark, mark.childNodes.length);
    const before = found.get(passage);
    found.set(passage, before ? { start: Math.min(before.start, start), end: Math.max(before.end, end) } : { start, end });
  }
  return [...found].map(([passage, range]) => spanOf(passage, range));
}

/** Listen. */
export function watchReplace() {
  const part = form();
  if (!part) return;
  key("replace", () => {
    if (currentPart() === "bar") return openReplace(currentSpans());
    if (currentPart() || caretIsOn()) return false;
    const spans = fromPage();
    return spans.length > 0 && openReplace(spans);
  });
  part.addEventListener("submit", (event) => event.preventDefault());
  part.addEventListener("keydown", keydown);
  field().addEventListener("input", typed);
  for (const type of ["keyup", "pointerup"]) field().addEventListener(type, settlePart);
  list().addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  list().addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option || event.target.closest("a")) return;
    markOption(field(), list(), option);
    takeMarked();
  });
  new MutationObserver(settle).observe(list(), { childList: true });
  part.querySelector("[data-forms]").addEventListener("mousedown", (event) => event.preventDefault());
  part.querySelector("[data-forms]").addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) switchForm(0, button.textContent);
  });
  on("click", "#say [data-do]", (_event, button) => perform(button.dataset.do));
  part.querySelector("details").addEventListener("toggle", place);
}

/** What stands in the field, quoted, for the bar that offers to go on. */
export function goOnReplacing(spans) {
  return quoteOf(spans) && openReplace(spans);
}
