// Forms and buttons in cards by keyboard: Ctrl+Enter sends, and the focus comes back to the card.
import { on } from "../core.js";

const CARD = ".card[data-a]:not(.reply)";

let acting = ""; // the card in which the act was begun that is on its way

function typed(event, field) {
  if (event.isComposing) return;
  if (event.key === "Escape") field.closest(CARD).focus({ preventScroll: true });
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  field.form.requestSubmit();
}

/** What was put in anew has lost the focus. */
function comeBack(id) {
  if (document.activeElement === document.body) document.getElementById(id)?.focus({ preventScroll: true });
}

/** Listen to what is in cards. */
export function watchForms() {
  on("keydown", ".card form textarea", typed);
  on("click", ".card [data-cancel]", (_event, button) => button.closest(CARD)?.focus({ preventScroll: true }));
  document.body.addEventListener("htmx:beforeRequest", ({ detail }) => {
    if (detail.requestConfig.verb !== "get") acting = detail.elt.closest(CARD)?.id ?? "";
  });
  document.body.addEventListener("htmx:afterRequest", ({ detail }) => {
    const id = acting;
    if (!id || detail.requestConfig.verb === "get") return;
    acting = "";
    requestAnimationFrame(() => comeBack(id));
  });
}
