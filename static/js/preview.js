// The preview of a file: the form of a passage takes the focus, Escape closes it and gives it back.
import { on } from "./core.js";
import { isTouched } from "./unsaved.js";

const opened = () => document.querySelector("#preview .passage-form");

function enter() {
  opened()?.querySelector("select").focus();
}

function leave(form) {
  const button = form.closest(".passage").querySelector(".fix");
  form.remove();
  const address = new URL(location.href);
  address.searchParams.delete("passage");
  history.replaceState(history.state, "", address);
  button.focus();
}

on("keydown", ".passage-form", (event, form) => {
  if (event.key !== "Escape" || event.isComposing) return;
  event.preventDefault();
  leave(form);
});
on("click", ".passage-form [data-cancel]", (event, button) => {
  event.preventDefault();
  leave(button.closest(".passage-form"));
});
// One form is open at a time. Where something was chosen in it, the page is sent, and all of it is kept.
document.addEventListener(
  "click",
  (event) => {
    const form = event.target.closest?.("#preview .fix") && opened();
    if (!form) return;
    if ([...form.querySelectorAll("select, input")].some(isTouched)) event.stopPropagation();
    else form.remove();
  },
  true,
);
document.body.addEventListener("htmx:afterSettle", enter);
// Not before: the place that the address names takes the focus first.
window.addEventListener("load", () => {
  if (!document.querySelector("#preview [aria-invalid='true']")) enter();
});
