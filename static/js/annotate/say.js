// The acts of the popover: highlight at once; comment, flag and tag through their forms.
import { key, on, toast } from "../core.js";
import { caretIsOn, goOnAfter } from "./caret.js";
import { draftOf, dropDraft, keepDraft, waitingDraft } from "./drafts.js";
import { done, make } from "./make.js";
import { box, passageNumbered, recall, remember, words } from "./page.js";
import { openPicker } from "./picker.js";
import { close, currentPart, currentSpans, open, partOf, place, turn } from "./popover.js";
import { openReplace } from "./replace.js";
import { quoteOf, select, setSnaps, snaps, unselect } from "./selection.js";
import { makeId } from "./send.js";
import { watchTags } from "./tags.js";

const PRIVATE = "annotate:private";
const FORMS = ["comment", "flag", "tag"];

function about(form, spans) {
  const first = spans[0];
  return `new:${form.dataset.part}:${first.passage}:${first.start}-${spans.at(-1).end}`;
}

function wantsPrivate() {
  return box.querySelector("[data-private]").checked;
}

async function highlight() {
  const spans = currentSpans();
  const values = { id: makeId(), motivation: "highlighting" };
  if (wantsPrivate()) values.private = "on";
  close();
  unselect();
  goOnAfter(spans);
  const answer = await make(spans, values);
  if (answer.ok) return done(values.id, [], answer.since);
  if (turn() === answer.since && !caretIsOn()) {
    select(spans);
    open("bar", spans);
  }
  if (!answer.isTold) toast(answer.error, { level: "error" });
  return undefined;
}

function openForm(part) {
  const spans = currentSpans();
  const form = partOf(part);
  const draft = draftOf(about(form, spans));
  form.reset();
  delete form.dataset.id; // a new one: it gets its id when it is sent
  form.querySelector("[data-quote]").textContent = quoteOf(spans);
  form.querySelector("[data-fault]").textContent = "";
  form.elements.private.checked = wantsPrivate();
  if (draft) form.elements.body.value = draft.body;
  document.getElementById("say-waiting").hidden = true;
  open(part, spans, remind); // what is left half written is offered again
  form.querySelector("textarea, input:not([type=radio], [type=checkbox])").focus();
}

async function submit(event, form) {
  event.preventDefault();
  if (form.hasAttribute("aria-busy")) return;
  const spans = currentSpans();
  form.dataset.id ||= makeId(); // the same when it is sent again
  const values = { ...Object.fromEntries(new FormData(form)), id: form.dataset.id, motivation: form.dataset.motivation };
  if (form.elements.private.checked) values.private = "on";
  const tag = form.dataset.part === "tag" && form.querySelector("[role=option][aria-selected=true]");
  if (tag) Object.assign(values, { tag: tag.dataset.tag, tag_name: "" });
  form.setAttribute("aria-busy", "true");
  const answer = await make(spans, values);
  form.removeAttribute("aria-busy");
  if (!answer.ok && turn() !== answer.since) return answer.isTold || toast(answer.error, { level: "error" });
  if (!answer.ok) return fail(form, answer);
  dropDraft(about(form, spans));
  form.reset();
  done(values.id, spans, answer.since);
  return undefined;
}

function fail(form, answer) {
  form.querySelector("[data-fault]").textContent = answer.error;
  place();
}

function remind() {
  const bar = document.getElementById("say-waiting");
  const draft = waitingDraft();
  const form = draft && partOf(draft.about.split(":")[1]);
  bar.hidden = !form;
  if (form) bar.querySelector("span").textContent = words(draft.about.startsWith("new:replace") ? "draftReplace" : "draft", quoteOf(draft.spans));
}

function goOn() {
  const draft = waitingDraft();
  document.getElementById("say-waiting").hidden = true;
  if (!draft) return;
  passageNumbered(draft.spans[0].passage)?.scrollIntoView({ block: "center", behavior: "instant" });
  open("bar", draft.spans);
  const part = draft.about.split(":")[1];
  if (part === "replace") openReplace(draft.spans);
  else openForm(part);
}

const ACTS = { highlight, replace: () => openReplace(currentSpans()), comment: () => openForm("comment"), flag: () => openForm("flag"), tag: () => openForm("tag"), entity: () => openPicker(currentSpans(), wantsPrivate()) };

/** Listen: the acts by key while the bar is up, by button, and the forms. */
export function watchSaying() {
  const wholeWords = box.querySelector("[data-snap]");
  const privately = box.querySelector("[data-private]");
  wholeWords.checked = snaps();
  if (!privately.disabled) privately.checked = recall(PRIVATE) === true;
  wholeWords.addEventListener("change", () => setSnaps(wholeWords.checked));
  privately.addEventListener("change", () => remember(PRIVATE, privately.checked || null));
  for (const name of Object.keys(ACTS).filter((one) => one !== "replace")) {
    key(name, () => {
      if (currentPart() !== "bar") return false;
      ACTS[name]();
      return true;
    });
  }
  on("click", "#say [data-say]", (_event, button) => ACTS[button.dataset.say]());
  for (const name of FORMS) {
    const form = partOf(name);
    form.addEventListener("submit", (event) => submit(event, form));
    form.addEventListener("input", () => keep(form));
    form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    });
  }
  on("click", "[data-waiting]", (_event, button) => {
    if (button.dataset.waiting === "go") return goOn();
    dropDraft(waitingDraft()?.about ?? "");
    return remind();
  });
  watchTags(partOf("tag"));
  document.addEventListener("draft:waiting", remind);
  remind();
}

function keep(form) {
  const spans = currentSpans();
  if (spans.length > 0 && form.elements.body) keepDraft(about(form, spans), { body: form.elements.body.value, spans });
}
