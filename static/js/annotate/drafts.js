// What is being typed outlives a reload: kept in this browser by article and by what it is about.
import { on } from "../core.js";
import { recall, remember, text } from "./page.js";

const PREFIX = "draft:";

function nameOf(about) {
  return `${PREFIX}${text.dataset.article}:${about}`;
}

/** Keep a draft; an empty one is forgotten. */
export function keepDraft(about, draft) {
  remember(nameOf(about), draft.body.trim() ? { ...draft, at: Date.now() } : null);
}

/** The draft about something, or null. */
export function draftOf(about) {
  return recall(nameOf(about));
}

/** Forget a draft: it was sent, or thrown away. */
export function dropDraft(about) {
  remember(nameOf(about), null);
}

/** The newest draft of a comment that nobody sent, or null. */
export function waitingDraft() {
  const start = nameOf("new:");
  let newest = null;
  try {
    for (const name of Object.keys(localStorage)) {
      if (!name.startsWith(start)) continue;
      const draft = recall(name);
      if (draft?.spans && (!newest || draft.at > newest.at)) newest = { ...draft, about: name.slice(nameOf("").length) };
    }
  } catch {
    return null;
  }
  return newest;
}

/** The drafts of the article that are about things whose names begin so, the newest first. */
export function draftsOf(beginning) {
  const start = nameOf(beginning);
  try {
    const found = Object.keys(localStorage).filter((name) => name.startsWith(start));
    return found
      .map((name) => ({ ...recall(name), about: name.slice(nameOf("").length) }))
      .sort((one, other) => other.at - one.at);
  } catch {
    return [];
  }
}

/** What a field in a card is about: the address that its form goes to. */
function aboutField(field) {
  const form = field.closest("form");
  return form?.getAttribute("hx-post") ?? form?.getAttribute("action") ?? "";
}

/** The field that says which version of the annotation the person saw, if the form has one. */
function versionOf(field) {
  return field.form?.elements.version;
}

function keep(field) {
  if (aboutField(field)) keepDraft(aboutField(field), { body: field.value, version: versionOf(field)?.value });
}

/** Whether what is in the field was sent, refused and is shown again. */
function wasRefused(field) {
  return field.form?.querySelector("[role=alert]") != null;
}

function restore(root) {
  for (const field of root.querySelectorAll?.(".card form textarea") ?? []) {
    const draft = draftOf(aboutField(field));
    if (!draft) continue;
    if (wasRefused(field)) {
      keep(field); // with what stands now: the person sees both
    } else if (field.value === field.defaultValue) {
      field.value = draft.body;
      // What was changed since the draft was begun is not overwritten unseen.
      if (draft.version && versionOf(field)) versionOf(field).value = draft.version;
    }
  }
}

/** Watch the fields of cards: replies and changes. */
export function watchDrafts() {
  on("input", ".card form textarea", (_event, field) => {
    if (field.value === field.defaultValue && !wasRefused(field)) dropDraft(aboutField(field));
    else keep(field);
  });
  document.body.addEventListener("htmx:load", ({ detail }) => restore(detail.elt.parentElement ?? detail.elt));
  document.body.addEventListener("htmx:afterRequest", ({ detail }) => {
    const { requestConfig, xhr } = detail;
    // By the address: the form itself has left the page when its card came back.
    if (xhr.status >= 200 && xhr.status < 300 && requestConfig.verb !== "get") dropDraft(requestConfig.path);
  });
  on("click", ".card [data-cancel]", (event, button) => {
    event.preventDefault(); // the address is for pages without a script
    const form = button.closest("form");
    const field = form.querySelector("textarea");
    if (field) dropDraft(aboutField(field));
    form.remove();
    if (button.dataset.theirs !== undefined) location.reload(); // the card shows what was before
  });
}
