// Choosing a tag: the list narrows while one types, Enter takes the marked one.
import { markedOf, markOption, optionsOf, step } from "./listbox.js";

/** Case and accents do not matter when names are compared. */
export function fold(name) {
  return name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/[’'\s-]+/g, " ").trim();
}

function narrow(field, list) {
  const wanted = fold(field.value);
  for (const option of list.children) option.hidden = !fold(option.textContent).includes(wanted);
  const same = optionsOf(list).find((option) => fold(option.textContent) === wanted);
  markOption(field, list, same ?? null);
  field.setAttribute("aria-expanded", String(optionsOf(list).length > 0));
}

/** Listen to the tag form. */
export function watchTags(form) {
  const field = form.elements.tag_name;
  const list = form.querySelector("[role=listbox]");
  field.addEventListener("input", () => narrow(field, list));
  field.addEventListener("focus", () => narrow(field, list));
  field.addEventListener("keydown", (event) => step(event, field, list));
  form.addEventListener("reset", () => queueMicrotask(() => narrow(field, list)));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    field.value = option.textContent;
    markOption(field, list, option);
    form.requestSubmit();
  });
  form.addEventListener("submit", () => {
    const marked = markedOf(list);
    if (marked) field.value = marked.textContent;
  }, true);
}
