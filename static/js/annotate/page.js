// What the parts of the reader page share: where the text is, its passages, the words of messages.

export const text = document.querySelector(".text[data-article]");
export const box = document.getElementById("say");
const live = document.getElementById("say-live");
const said = box?.querySelector("[data-words]");

/** A message of the template by its name, its `%s` filled in. */
export function words(name, value = "") {
  return (said?.dataset[name] ?? "").replace("%s", value);
}

/** Let a screen reader hear it, also when it is the same again. */
export function announce(message) {
  live.textContent = "";
  requestAnimationFrame(() => {
    live.textContent = message;
  });
}

/** The passage that holds a node, or null. */
export function passageOf(node) {
  const element = node instanceof Element ? node : node?.parentElement;
  const passage = element?.closest(".passage") ?? null;
  return passage && text.contains(passage) ? passage : null;
}

/** The element whose text is exactly the passage's. */
export function wordsOf(passage) {
  return passage?.querySelector(":scope > .words") ?? null;
}

/** The passage of a number that never changes. */
export function passageNumbered(number) {
  return document.getElementById(`p${number}`);
}

/** All passages in the order of the text. */
export function passages() {
  return [...text.querySelectorAll(".passage")];
}

function says(property) {
  return getComputedStyle(box).getPropertyValue(property).trim() === "yes";
}

/** Too narrow for cards beside the text: they stand below it. */
export function isNarrow() {
  return says("--narrow");
}

/** As narrow as a phone: the popover is a bar at the bottom edge. */
export function isAtFoot() {
  return says("--foot");
}

/** Read what this browser keeps under a name, or null. */
export function recall(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

/** Keep something in this browser; null forgets it. */
export function remember(name, value) {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // Storage may be closed to us or full; the page goes on without.
  }
}
