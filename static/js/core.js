// What every page's scripts share: delegated events, toasts, and acts that have a key.
export { toast } from "./toast.js";

const CAPTURED = new Set(["focus", "blur", "toggle", "invalid", "scroll", "load"]); // do not bubble
const acts = new Map();

/** Call `handler(event, element)` for events on what matches `selector`, now and later. */
export function on(type, selector, handler) {
  document.addEventListener(
    type,
    (event) => {
      const element = event.target instanceof Element && event.target.closest(selector);
      if (element) handler(event, element);
    },
    CAPTURED.has(type),
  );
}

/** Register the act that a key of `diplowatch/keymap.py` does; `handler` returns false to pass. */
export function key(name, handler) {
  acts.set(name, handler);
}

/** Do an act by its name; says whether there was one. */
export function act(name, event) {
  const handler = acts.get(name);
  return handler !== undefined && handler(event) !== false;
}

/** Whether keys typed there belong to what has the focus. */
export function isField(element) {
  return (
    element instanceof Element &&
    (element.closest("input, textarea, select, [role=textbox], [role=combobox]") !== null ||
      element.closest("[contenteditable]")?.isContentEditable === true)
  );
}
