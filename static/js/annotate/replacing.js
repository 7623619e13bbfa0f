// The form that replaces words: what it is about, and what it says that Enter will do.
import { words } from "./page.js";
import { plan } from "./parts.js";
import { partOf, place } from "./popover.js";

export const form = () => partOf("replace");
export const field = () => form().elements.q;
export const list = () => document.getElementById("say-replacing");

/** The span that is replaced, the words to remember, who was chosen, which part of the field that
    names, whether somebody typed, and what was searched last. */
export const state = { span: null, garbled: "", chosen: null, part: null, lost: null, isTyped: false, asked: "" };

function labelOf(option) {
  return option.querySelector("b").textContent;
}

function partWords() {
  const { value } = field();
  return state.part ? value.slice(state.part.start, state.part.end) : value;
}

function say(name, ...values) {
  return values.reduce((said, value, index) => said.replace(`%${index + 1}`, value), words(name));
}

/** What Enter will do, in words. */
export function will() {
  const { value } = field();
  const doing = plan(state.span.exact, value, state.chosen !== null);
  const label = state.chosen && labelOf(state.chosen.option);
  switch (doing) {
    case "both":
      if (partWords().trim() === value.trim()) return say("willAll", value.trim(), label);
      return say("willBoth", value.trim(), partWords().trim(), label);
    case "link":
      return say("willLink", state.span.exact, label);
    case "delete":
      return say("willDelete", state.span.exact);
    case "insert":
      return say("willInsert", value.trim());
    case "correct":
      return say("willCorrect", value.trim());
    default:
      return words(state.span.exact ? "willNothing" : "willType");
  }
}

function element(tag, content, name = "") {
  const made = document.createElement(tag);
  made.textContent = content;
  if (name) made.className = name;
  return made;
}

/** The old words, the new ones with the linked part marked, and whom it names. */
function showChange() {
  const { value } = field();
  const parts = state.span.exact ? [element("del", state.span.exact)] : [];
  if (value !== state.span.exact) {
    const { start, end } = (state.chosen && state.part) ?? { start: 0, end: 0 };
    parts.push(" → ", element("ins", value.slice(0, start)), element("ins", value.slice(start, end), "linked"), element("ins", value.slice(end)));
  }
  if (state.chosen) parts.push(" ", element("span", labelOf(state.chosen.option), "replace-entity"));
  form().querySelector("[data-change]").replaceChildren(...parts);
}

function showForms() {
  const shelf = form().querySelector("[data-forms]");
  const forms = state.chosen?.forms ?? [];
  shelf.hidden = forms.length < 2;
  shelf.replaceChildren(
    ...forms.map((name) => {
      const button = element("button", name, "button quiet");
      button.type = "button";
      button.tabIndex = -1; // by keyboard: Alt and arrows
      button.setAttribute("aria-pressed", String(name === state.chosen.form));
      return button;
    }),
  );
}

function showMemory() {
  const label = form().querySelector("[data-memory]");
  const may = state.chosen?.option.hasAttribute("data-remember") && field().value !== state.span.exact && state.span.exact !== "";
  if (label.hidden === !may) return;
  label.hidden = !may;
  label.querySelector("span").textContent = words("remember", state.garbled);
  form().elements.remember.checked = Boolean(may);
}

/** Say what stands there now. */
export function show() {
  if (!state.span) return;
  const said = will();
  const line = form().querySelector("[data-will]");
  if (line.textContent !== said) line.textContent = said;
  for (const button of form().querySelectorAll("[data-do=link], [data-do=both]")) button.disabled = !state.chosen;
  showChange();
  showForms();
  showMemory();
  place();
}

/** Say what is wrong; "" for nothing. */
export function fault(message) {
  form().querySelector("[data-fault]").textContent = message;
  place();
}

/** The name of its draft. */
export function draftName(span = state.span) {
  return `new:replace:${span.passage}:${span.start}-${span.end}`;
}
