// Replacing words: one field corrects them and finds whom they name; what Enter does is always said.
import { key, on, toast } from "../core.js";
import { caretIsOn, follow, goOnAfter } from "./caret.js";
import { draftOf, dropDraft, keepDraft } from "./drafts.js";
import { markOption, step } from "./listbox.js";
import { done, make } from "./make.js";
import { marksOf, selected } from "./marks.js";
import { isWaiting, search, searchSoon, settle, settlePart, stopAsking, switchForm, takeMarked, typed, whenFound } from "./naming.js";
import { lengthOf, placeIn, signsOf } from "./offsets.js";
import { announce, box, passageNumbered, passageOf, words, wordsOf } from "./page.js";
import { plan, startOfDeletion } from "./parts.js";
import { close, currentPart, currentSpans, open, place, turn } from "./popover.js";
import { caughtUp, optimistically, trackText, watchReplaced } from "./replaced.js";
import { draftName, fault, field, form, list, show, state, will } from "./replacing.js";
import { spanOf, unselect } from "./selection.js";
import { makeId, send } from "./send.js";
import { wordAfter, wordBefore } from "./words.js";

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

/** Leave the form: the caret goes on behind the words at once, whatever the server will say. */
function leaveBehind(after) {
  state.span = null;
  close();
  unselect();
  goOnAfter([after]);
  return turn();
}

function correct(withLink) {
  const { span, values } = correction(withLink);
  form().dataset.id ||= makeId(); // the same when it is sent again
  const { id } = form().dataset;
  const before = { ...state };
  const name = draftName();
  keepDraft(name, { body: field().value, spans: [span] });
  // An editor's stands in the text at once: if the server refuses, all is as it was.
  const corrects = box.dataset.corrects !== undefined;
  const shown = corrects ? optimistically(span, values.replacement) : null;
  const since = leaveBehind(corrects ? { ...span, end: span.start + lengthOf(values.replacement), exact: values.replacement } : span);
  const sending = caughtUp([span]).then((spans) => send(box.dataset.correct, { ...values, id, spans: JSON.stringify(shown ? [shown.span] : spans) }, shown?.arrived));
  trackText(sending.then((answer) => answered(answer, before, { name, since, takeBack: shown?.takeBack })));
}

function link() {
  form().dataset.link ||= makeId();
  const values = { id: form().dataset.link, motivation: "identifying", ...entityOf(state.chosen.option) };
  const before = { ...state };
  const name = draftName();
  keepDraft(name, { body: field().value, spans: [state.span] });
  const since = leaveBehind(state.span);
  make([before.span], values).then((answer) => answered({ ...answer, said: { id: values.id } }, before, { name, since }));
}

function answered(answer, before, { name, since, takeBack }) {
  if (answer.ok) {
    dropDraft(name);
    return done(answer.said.id, [], since);
  }
  const hasGoneOn = turn() !== since;
  takeBack?.();
  if (answer.code === "stale" && answer.html) takeIn(answer.html);
  follow();
  if (hasGoneOn) {
    document.dispatchEvent(new Event("draft:waiting"));
    return answer.isTold || toast(answer.error, { level: "error" });
  }
  Object.assign(state, before);
  open("replace", [placeFor(state.span)], () => left(before.span));
  return refused(answer);
}

/** Passages as they stand on the server by now. */
function takeIn(html) {
  const made = document.createElement("template");
  made.innerHTML = html;
  for (const passage of made.content.querySelectorAll(".passage")) {
    passage.removeAttribute("hx-swap-oob");
    document.getElementById(passage.id)?.replaceWith(passage);
    htmx.process(passage);
  }
}

/** What was typed stays; where the text has changed, what it says now is taken up. */
function refused(answer) {
  fault(answer.error);
  if (answer.code === "stale" && answer.html) delete form().dataset.id;
  if (answer.place) {
    state.span = answer.place;
    open("replace", [placeFor(state.span)]);
    fault(words("stale", state.span.exact));
  }
  field().focus();
  show();
}

function perform(doing) {
  if (!state.span) return;
  const able = plan(state.span.exact, field().value, state.chosen !== null);
  const wanted = doing === "enter" ? able : doing;
  const changes = !["nothing", "link"].includes(able);
  if (wanted === "nothing" || (wanted !== "link" && !changes) || (wanted === "link" && !state.chosen)) announce(will());
  else if (wanted === "link") link();
  else correct(wanted === "both");
}

function enter(event) {
  event.preventDefault();
  const doing = event.shiftKey ? "link" : event.ctrlKey || event.metaKey ? "correct" : "enter";
  // Who has chosen before the list was there gets what was chosen.
  if (isWaiting()) whenFound(() => perform(doing));
  else perform(doing);
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
  if (["ArrowDown", "ArrowUp"].includes(event.key)) {
    event.preventDefault();
    whenFound(() => step(event, field(), list()) && takeMarked());
  }
  return undefined;
}

/** Open it about one span; an empty one means that something is put in there. */
export function openReplace(spans) {
  if (box.dataset.correct === undefined) return false;
  if (spans.length !== 1) {
    toast(words("oneOnly"));
    return true;
  }
  const [span] = spans;
  Object.assign(state, { span, garbled: span.exact, chosen: null, part: null, lost: null, isTyped: false, asked: "" });
  const part = form();
  part.reset();
  delete part.dataset.id;
  delete part.dataset.link;
  part.querySelector("details").open = false;
  part.querySelector("[data-fault]").textContent = "";
  part.querySelector("[data-none]").hidden = true;
  list().replaceChildren();
  field().value = span.exact;
  open("replace", [placeFor(span)], () => left(span));
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

function placeFor(span) {
  return span.exact ? span : wordBeside(span);
}

/** Where the popover stands while something is put in between words. */
function wordBeside(span) {
  const passage = passageNumbered(span.passage);
  const signs = signsOf(wordsOf(passage).textContent);
  return spanOf(passage, wordBefore(signs, span.start) ?? wordAfter(signs, span.start) ?? { start: 0, end: signs.length });
}

/** Left on purpose: what was typed is not offered again. */
function left(span) {
  stopAsking();
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
  watchReplaced();
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
