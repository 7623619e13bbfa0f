// Proposals and what is to be checked, by key: the card that stands out is decided on, then the next.
import { key } from "../core.js";
import { activate, cardOf, inOrder, marksOf, selected } from "./marks.js";
import { text } from "./page.js";

const WANTED = { accept: '[data-m="editing"]', reject: '[data-m="editing"]', confirm: '[data-state="needs_check"]' };

/** The next annotation of the same sort behind this one, else the first before it. */
function nextOf(id, act) {
  const fits = (one) => marksOf(one).some((mark) => mark.matches(WANTED[act]));
  const all = inOrder().filter((one) => one === id || fits(one));
  const here = all.indexOf(id);
  return [...all.slice(here + 1), ...all.slice(0, Math.max(here, 0))][0] ?? "";
}

let following = null; // what to go to once the act is done

function decide(act) {
  const id = selected();
  const button = id && cardOf(id)?.querySelector(`:scope > footer [data-act="${act}"]`);
  if (!button) return false;
  following = { id, next: nextOf(id, act) };
  button.click();
  return true;
}

function goOn(removedOrChanged) {
  if (!following || !removedOrChanged.includes(following.id)) return;
  const { next } = following;
  following = null;
  // What came back is put in place first.
  setTimeout(() => {
    if (next && marksOf(next).length > 0) activate(next, { focus: true });
  });
}

/** Listen. */
export function watchDeciding() {
  for (const act of Object.keys(WANTED)) key(act, () => decide(act));
  document.body.addEventListener("annotated", ({ detail }) => goOn([...(detail.removed ?? []), ...(detail.changed ?? [])]));
  // The form that asks for the reason is to be typed into at once.
  document.body.addEventListener("htmx:afterSettle", ({ detail }) => {
    detail.elt.querySelector?.("[data-autofocus]")?.focus();
  });
  text.addEventListener("keydown", (event) => {
    if (event.key === "Escape") following = null;
  });
}
