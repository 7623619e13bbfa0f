// Choosing from a list below a field by arrows: the field keeps the focus, one option is marked.

/** The options of a list that are shown. */
export function optionsOf(list) {
  return [...list.querySelectorAll("[role=option]:not([hidden])")];
}

/** The option that is marked, or null. */
export function markedOf(list) {
  return list.querySelector("[role=option][aria-selected=true]:not([hidden])");
}

/** Mark an option (null: none). */
export function markOption(field, list, option) {
  for (const each of list.querySelectorAll("[role=option]")) each.setAttribute("aria-selected", String(each === option));
  if (option) {
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  } else {
    field.removeAttribute("aria-activedescendant");
  }
}

/** Move the mark by arrow keys; says whether the key was one. */
export function step(event, field, list) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const options = optionsOf(list);
  if (!by || event.altKey || options.length === 0) return false;
  const here = options.indexOf(markedOf(list));
  const next = here < 0 ? (by > 0 ? 0 : options.length - 1) : (here + by + options.length) % options.length;
  markOption(field, list, options[next]);
  event.preventDefault();
  return true;
}
