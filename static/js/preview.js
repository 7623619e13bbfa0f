// The preview of a file: the form of a passage takes the focus, Escape closes it and gives it back.
import { on } from "./core.js";

function enter() {
  document.querySelector("#preview .passage-form select")?.focus();
}

function leave(form) {
  const link = form.closest(".passage").querySelector(".fix");
  form.remove();
  const address = new URL(location.href);
  address.searchParams.delete("passage");
  history.replaceState(history.state, "", address);
  link.focus();
}

on("keydown", ".passage-form", (event, form) => {
  if (event.key !== "Escape" || event.isComposing) return;
  event.preventDefault();
  leave(form);
});
on("click", ".passage-form [data-cancel]", (event, link) => {
  event.preventDefault();
  leave(link.closest("form"));
});
document.body.addEventListener("htmx:afterSettle", enter);
// Not before: the place that the address names takes the focus first.
window.addEventListener("load", enter);
