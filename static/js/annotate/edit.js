// A whole passage typed anew where it stands: the words, live what changes, and on to the next.
import { key, on, toast } from "../core.js";
import { align } from "./align.js";
import { end as endCaret } from "./caret.js";
import { difference } from "./difference.js";
import { draftOf, draftsOf, dropDraft, keepDraft } from "./drafts.js";
import { announce, passageNumbered, passageOf, passages, text, words, wordsOf } from "./page.js";
import { close, currentSpans } from "./popover.js";
import { unselect } from "./selection.js";
import { send } from "./send.js";

const BELOW_BAR = 120; // pixels: what ends above this is not in view
let told; // the toast that what was typed is not saved
const PAUSE = 80; // ms without typing before the difference is worked out
const template = document.getElementById("edit-template");
const waiting = document.getElementById("edit-waiting");

const state = { number: null, form: null, isSending: false, timer: 0 };

const aboutOf = (number) => `edit:${number}`;
const field = (form) => form.querySelector("textarea");

/** The passage of the popover, the focus or the mouse, or the first in view. */
export function currentPassage() {
  const [span] = currentSpans();
  const chosen = span ? passageNumbered(span.passage) : passageOf(document.activeElement);
  return chosen ?? text.querySelector(".passage:hover") ?? passages().find((one) => one.getBoundingClientRect().bottom > BELOW_BAR) ?? null;
}

function nextOf(passage) {
  let next = passage.nextElementSibling;
  while (next && !next.matches(".passage")) next = next.nextElementSibling;
  return next;
}

function draft(form) {
  const { stood, revision, reason } = form.elements;
  return { body: field(form).value, stood: stood.value, revision: revision.value, reason: reason?.value ?? "" };
}

function isChanged(form) {
  return form.dataset.stale !== undefined || field(form).value !== form.elements.stood.value;
}

/** A paragraph each: what went and what came, marked. */
function showDifference(form) {
  const place = form.querySelector("[data-difference]");
  if (!place) return;
  place.hidden = !isChanged(form);
  place.replaceChildren(
    ...difference(form.elements.stood.value, field(form).value).map(([kind, said]) => {
      if (kind === "same") return said;
      const made = document.createElement(kind);
      made.textContent = said;
      return made;
    }),
  );
  const pieces = field(form).value.split(/[^\S\n]*\n[^\S\n]*(?:\n\s*)+/u).filter((piece) => piece.trim());
  const offer = form.querySelector("[data-offer]");
  offer.hidden = pieces.length < 2;
  offer.textContent = offer.dataset.parts.replace("%s", pieces.length);
  form.querySelector("[data-empty]").hidden = pieces.length > 0;
  align();
}

function typed(form) {
  if (isChanged(form)) keepDraft(aboutOf(state.number), { ...draft(form), body: field(form).value || " " });
  else dropDraft(aboutOf(state.number));
  form.querySelector("[data-fault]")?.replaceChildren();
  clearTimeout(state.timer);
  state.timer = setTimeout(() => showDifference(form), PAUSE);
}

function fill(form, passage) {
  const number = passage.dataset.number;
  const kept = draftOf(aboutOf(number));
  const stood = wordsOf(passage).textContent;
  const { elements } = form;
  elements.stood.value = kept?.stood ?? stood;
  elements.revision.value = kept?.revision ?? passage.dataset.revision;
  elements.reason.value = kept?.reason ?? "";
  field(form).value = kept ? kept.body.replace(/^ $/u, "") : stood;
  const note = form.querySelector("[data-note]");
  note.hidden = !kept || kept.stood === stood;
  note.textContent = template.dataset.since;
}

/** Open a passage; another that is open is left. */
export function openPassage(passage) {
  if (!wordsOf(passage)) return false;
  if (state.form) leave({ quiet: true });
  close();
  endCaret();
  unselect();
  const form = template.content.firstElementChild.cloneNode(true);
  form.action = `${text.dataset.address}passages/${passage.dataset.number}/edit`;
  Object.assign(state, { number: passage.dataset.number, form });
  fill(form, passage);
  field(form).dataset.role = passage.dataset.role;
  put(passage, form);
  const area = field(form);
  area.focus({ preventScroll: true });
  area.setSelectionRange(0, 0);
  showWhole(form);
  waiting.hidden = true;
  showDifference(form);
  return true;
}

/** All of it comes into sight, or where it begins. */
function showWhole(element) {
  const { top, bottom } = element.getBoundingClientRect();
  if (top < BELOW_BAR || bottom > innerHeight) element.scrollIntoView({ block: bottom - top > innerHeight - BELOW_BAR ? "start" : "center", behavior: "instant" });
}

/** The words of a passage have the focus and are in sight, whatever stood in their place was higher. */
function focusWords(passage) {
  const own = wordsOf(passage);
  if (!own) return;
  own.tabIndex = -1;
  own.focus({ preventScroll: true });
  const { top, bottom } = own.getBoundingClientRect();
  const isTall = bottom - top > innerHeight - BELOW_BAR;
  if (isTall ? bottom < BELOW_BAR || top > innerHeight - BELOW_BAR : top < BELOW_BAR || bottom > innerHeight) showWhole(own);
}

function put(passage, ...elements) {
  const own = wordsOf(passage);
  own.hidden = true;
  own.after(...elements);
}

function takeOut() {
  const passage = passageNumbered(state.number);
  for (const form of passage?.querySelectorAll(":scope > form[data-edit]") ?? []) form.remove();
  const own = wordsOf(passage);
  if (own) own.hidden = false;
  Object.assign(state, { number: null, form: null });
  align();
  return passage;
}

/** Back to the text; what was changed is kept and said to be. */
function leave({ quiet = false } = {}) {
  if (!state.form) return;
  const changed = isChanged(state.form);
  if (changed && state.form.dataset.stale === undefined) keepDraft(aboutOf(state.number), { ...draft(state.form), body: field(state.form).value || " " });
  const passage = takeOut();
  if (changed) told = toast(template.dataset.kept);
  if (changed && !quiet) remind();
  if (!quiet) focusWords(passage);
}

function goOn(next) {
  if (next?.isConnected) return openPassage(next);
  return announce(template.dataset.done);
}

/** After a save: the focus stays in the text, at the passage or in the next one. */
function settle(number, next) {
  if (next !== undefined) {
    // What came back may have taken its place.
    return goOn(next && passageNumbered(next));
  }
  focusWords(passageNumbered(number));
  return announce(words("saved"));
}

function parsed(html) {
  const made = document.createElement("template");
  made.innerHTML = html;
  return made.content;
}

function refused(form, answer) {
  const content = parsed(answer.html);
  const forms = [...content.children].filter((one) => one.matches("form[data-edit]"));
  if (answer.status !== 409 || forms.length === 0) {
    const fault = content.querySelector("[data-fault]")?.textContent.trim() || answer.error;
    const place = form.querySelector("[data-fault]");
    if (place) place.textContent = fault;
    else if (!answer.isTold) toast(fault, { level: "error" });
    return;
  }
  const passage = passageNumbered(state.number); // as it stands by now: the answer brought it
  for (const old of passage.querySelectorAll(":scope > form[data-edit]")) old.remove();
  state.form = forms[0];
  put(passage, ...forms);
  const area = field(forms[0]);
  area.focus({ preventScroll: true });
  area.setSelectionRange(0, 0);
  showWhole(forms[0]);
  if (area.getBoundingClientRect().top > innerHeight - BELOW_BAR) area.scrollIntoView({ block: "center", behavior: "instant" });
  align();
}

async function save(form, submitter, { next } = {}) {
  if (state.isSending) return;
  const { number } = state;
  const values = Object.fromEntries(new FormData(form, submitter));
  delete values.csrfmiddlewaretoken;
  if (values.choice === "theirs") {
    leave();
    return;
  }
  if (form.dataset.mine === undefined && !isChanged(form)) {
    dropDraft(aboutOf(number));
    takeOut();
    settle(number, next);
    return;
  }
  state.isSending = true;
  form.setAttribute("aria-busy", "true");
  const answer = await send(form.getAttribute("action"), values);
  state.isSending = false;
  form.removeAttribute("aria-busy");
  if (!answer.ok) {
    refused(form, answer);
    return;
  }
  dropDraft(aboutOf(number));
  told?.remove();
  takeOut(); // where the answer left it: nothing of it was changed
  settle(number, next);
}

function submit(event, form) {
  event.preventDefault();
  const button = event.submitter;
  const next = button?.dataset.next === undefined ? undefined : nextOf(passageNumbered(state.number))?.dataset.number ?? null;
  save(form, button, { next });
}

function keydown(event) {
  const form = event.target.closest?.("form[data-edit]");
  if (!form || !text.contains(form) || event.isComposing) return;
  if (event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    leave();
  } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit(form.querySelector("[data-next], .primary"));
  }
}

/** What was typed and not saved, after a reload or a crash. */
function remind() {
  const [kept] = draftsOf("edit:");
  waiting.hidden = !kept;
  if (!kept) return;
  const number = kept.about.slice(5);
  waiting.dataset.number = number;
  const said = passageNumbered(number) ? template.dataset.waiting : template.dataset.gone;
  waiting.querySelector("span").textContent = said.replace("%s", number);
}

function answerWaiting(_event, button) {
  const { number } = waiting.dataset;
  const passage = passageNumbered(number);
  if (button.dataset.editWaiting === "go" && passage) {
    openPassage(passage);
    return;
  }
  if (button.dataset.editWaiting === "go") {
    // Its place is gone, what was typed is not: it can be put in anywhere.
    navigator.clipboard?.writeText(draftOf(aboutOf(number)).body).then(() => toast(template.dataset.copied), () => {});
    return;
  }
  dropDraft(aboutOf(number));
  remind();
}

/** A passage that comes back while it is open is opened again, with what was typed. */
function reopen() {
  if (!state.form || state.isSending || state.form.isConnected) return;
  const passage = passageNumbered(state.number);
  Object.assign(state, { form: null });
  if (passage) openPassage(passage);
}

/** Listen: the key, the pencils, the forms. */
export function watchEditing() {
  key("edit", () => {
    const passage = currentPassage();
    if (!template) {
      toast(words("noEditing"));
      return true;
    }
    return passage !== null && openPassage(passage);
  });
  if (!template) return;
  text.addEventListener("keydown", keydown);
  on("click", '[data-way="edit"]', (event, link) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openPassage(passageOf(link));
  });
  on("submit", ".text form[data-edit]", submit);
  on("input", ".text form[data-edit]:not([data-stale])", (event, form) => {
    if (event.target === field(form) || event.target.name === "reason") typed(form);
  });
  on("input", ".text form[data-stale]", (_event, form) => keepDraft(aboutOf(state.number), draft(form)));
  on("click", ".text form[data-edit] [data-leave]", (event) => {
    event.preventDefault();
    leave();
  });
  on("click", "[data-edit-waiting]", answerWaiting);
  document.body.addEventListener("htmx:oobAfterSwap", () => queueMicrotask(reopen));
  remind();
}
