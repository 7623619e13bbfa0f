// Layers switched on and off, and what the colours of marks tell: kind, tag or person.
import { on } from "../core.js";
import { align } from "./align.js";
import { recall, remember, text } from "./page.js";

const KEPT = "annotate:layers";
const HUES = 8; // as many as annotate.css has; the next begins again
const SIGNS = "①②③④⑤⑥⑦⑧";

const sheet = new CSSStyleSheet();
const panel = document.getElementById("layers");

function inputs(name) {
  return [...panel.querySelectorAll(`[name="${name}"]`)];
}

/** Who or what there is, by its id, with the name that the page has for it. */
function things(name) {
  const found = new Map();
  for (const option of document.querySelectorAll(`.card-filters [name="${name}"] option[value]:not([value=""])`)) {
    found.set(option.value, option.textContent.trim());
  }
  for (const mark of text.querySelectorAll(`mark[data-${name}]`)) {
    if (!found.has(mark.dataset[name])) found.set(mark.dataset[name], nameOnCard(mark, name));
  }
  return found;
}

function nameOnCard(mark, name) {
  const card = document.getElementById(`c-${mark.dataset.a}`);
  return card?.querySelector(name === "by" ? ".by" : "header b")?.textContent.trim() ?? "";
}

/** A colour each, and a sign beside it: nothing is told by the colour alone. */
function colour(name) {
  const list = panel.querySelector("[data-hues]");
  list.replaceChildren();
  if (name === "kind") {
    sheet.replaceSync("");
    return;
  }
  const rules = [];
  let place = 0;
  for (const [value, label] of things(name)) {
    const here = `[data-${name}="${CSS.escape(value)}"]`;
    const hue = (place % HUES) + 1;
    rules.push(`:is(.text mark, .card)${here} { --c: var(--hue-${hue}); }`);
    rules.push(`.text mark${here}[data-last]::after { content: "${SIGNS[place % HUES]}" / ""; color: var(--hue-${hue}); }`);
    const item = document.createElement("li");
    const sign = document.createElement("b");
    sign.textContent = SIGNS[place % HUES];
    sign.style.color = `var(--hue-${hue})`;
    item.append(sign, ` ${label || value}`);
    list.append(item);
    place += 1;
  }
  sheet.replaceSync(rules.join("\n"));
}

function apply() {
  const off = inputs("layer").filter((input) => !input.checked).map((input) => input.value);
  const by = inputs("colour").find((input) => input.checked)?.value ?? "kind";
  if (off.length > 0) text.dataset.off = off.join(" ");
  else delete text.dataset.off;
  document.getElementById("cards")?.setAttribute("data-off", off.join(" "));
  text.dataset.colour = by;
  colour(by);
  document.querySelector("[popovertarget=layers]")?.toggleAttribute("data-some-off", off.length > 0);
  align();
  return { off, by };
}

/** Listen to the panel and bring back what this browser keeps. */
export function watchLayers() {
  if (!panel) return;
  document.adoptedStyleSheets.push(sheet);
  const kept = recall(KEPT) ?? { off: [], by: "kind" };
  for (const input of inputs("layer")) input.checked = !kept.off.includes(input.value);
  for (const input of inputs("colour")) input.checked = input.value === kept.by;
  apply();
  on("change", "#layers input", () => remember(KEPT, apply()));
  // Somebody or a tag that was not there before gets a colour once the marks are in place.
  document.body.addEventListener("annotated", () => requestAnimationFrame(() => colour(text.dataset.colour)));
  panel.addEventListener("toggle", ({ newState }) => {
    if (newState === "open") apply(); // there may be new people and tags
  });
}
