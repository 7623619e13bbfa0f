// Who leaves with something typed and not sent is asked first: forms that bear `data-asks`.
import { on } from "./core.js";

/** Whether a field is another than it came with the page. */
export function isTouched(field) {
  if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
  if (field.type === "select-one") {
    const stood = [...field.options].findIndex((option) => option.defaultSelected);
    return field.selectedIndex !== Math.max(stood, 0);
  }
  return field.type !== "hidden" && field.defaultValue !== undefined && field.value !== field.defaultValue;
}

/** A form that was refused comes back with what was typed: `data-unsaved`. */
function isUnsaved(form) {
  return form.dataset.unsaved !== undefined || [...form.elements].some(isTouched);
}

let isSent = false;
on("submit", "form[data-asks]", () => {
  isSent = true;
});
addEventListener("pageshow", () => {
  isSent = false;
});
addEventListener("beforeunload", (event) => {
  if (!isSent && [...document.querySelectorAll("form[data-asks]")].some(isUnsaved)) event.preventDefault();
});
