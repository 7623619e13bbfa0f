// The keyboard: one listener; which key does what comes from the help dialog's form and this
// browser's own choice. Keys never fire in fields or together with Ctrl, Alt or Meta.
import { act, isField, key, on } from "./core.js";

const STORE = "keys";
const help = document.getElementById("help");
const form = help?.querySelector("[data-keys]");

function kept() {
  try {
    return JSON.parse(localStorage.getItem(STORE)) ?? {};
  } catch {
    return {};
  }
}

function keep(choice) {
  try {
    localStorage.setItem(STORE, JSON.stringify(choice));
  } catch {
    // Storage may be closed to us; the choice lives as long as the page.
  }
}

let choice = { letters: true, changed: {}, ...kept() };

function inputs() {
  return [...form.querySelectorAll("input[type=text]")];
}

function keyOf(input) {
  return choice.changed[input.name] ?? input.defaultValue;
}

function show() {
  form.elements.letters.checked = choice.letters;
  for (const input of inputs()) {
    input.value = keyOf(input);
    input.disabled = !choice.letters;
  }
  for (const hint of document.querySelectorAll("[data-key]")) {
    const input = inputs().find((one) => one.name === hint.dataset.key);
    hint.hidden = !choice.letters;
    if (input) hint.textContent = keyOf(input);
  }
}

function settle(changes) {
  choice = { ...choice, ...changes };
  keep(choice);
  show();
}

/** The acts of a key, in the order of the help: the first that finds something to do does it. */
function actsOf(pressed) {
  const fixed = form.querySelector(`[data-fixed="${CSS.escape(pressed)}"]`);
  if (fixed) return [fixed.dataset.action];
  if (!choice.letters) return [];
  return inputs().filter((input) => keyOf(input) === pressed).map((input) => input.name);
}

function ownsEnter(element) {
  return element.closest("a, button, summary, label, [role=button], dialog, :popover-open") !== null;
}

function press(event) {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && isField(event.target)) event.target.blur();
  if (isField(event.target) || document.querySelector("dialog:modal")) return;
  if (event.key === "Enter" && ownsEnter(event.target)) return;
  if (actsOf(event.key).some((name) => act(name, event))) event.preventDefault();
}

function offers(what) {
  return [...document.querySelectorAll(`#toasts .toast ${what}:not([hidden])`)];
}

/** What the newest toast offers to undo is undone by key, too; with Shift, what it offers to redo. */
function undoByKey(event) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "z") return;
  if (event.defaultPrevented || event.repeat || isField(event.target) || document.querySelector("dialog:modal")) return;
  const form = offers(event.shiftKey ? "form[data-redoes]" : "form:not([data-redoes])").at(-1);
  if (!form) return;
  event.preventDefault();
  form.requestSubmit();
}

function change(input) {
  const wrong = form.querySelector("[data-wrong]");
  const wanted = input.value.trim();
  const taken = inputs().some((other) => other.name !== input.name && keyOf(other) === wanted);
  wrong.textContent = taken ? form.dataset.taken : "";
  if (taken || !wanted) return show();
  settle({ changed: { ...choice.changed, [input.name]: wanted } });
}

if (form) {
  on("change", "[data-keys] input", (_event, input) => {
    if (input.name === "letters") settle({ letters: input.checked });
    else change(input);
  });
  on("focusin", "[data-keys] input[type=text]", (_event, input) => input.select());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    settle({ letters: true, changed: {} });
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  on("click", "[data-opens]", (_event, button) => document.getElementById(button.dataset.opens)?.showModal());
  key("help", () => help.showModal());
  key("close", () => {
    const last = document.querySelector("#toasts > :last-child");
    last?.remove();
    return last !== null;
  });
  key("search", () => {
    const field = document.getElementById("search");
    field?.focus();
    field?.select();
    return field !== null;
  });
  key("elsewhere", () => {
    const link = offers("a[data-elsewhere]").at(-1);
    link?.click();
    return link !== undefined;
  });
  document.addEventListener("keydown", press);
  addEventListener("keydown", undoByKey); // after all who undo in a way of their own
  show();
}
