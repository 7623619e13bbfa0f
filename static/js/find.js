// The places of words in all texts: keys that walk and tick them, ticks for a text or a form at once.
import { key, on } from "./core.js";

const found = document.querySelector(".found");

function places() {
  return [...document.querySelectorAll(".found-place")];
}

function current() {
  return document.activeElement?.closest?.(".found-place") ?? null;
}

function boxes(within = found) {
  return [...within.querySelectorAll('input[name="place"]')];
}

function tell() {
  if (!found) return;
  const count = boxes().filter((box) => box.checked).length;
  const { none, one, many } = found.dataset;
  const said = count === 1 ? one : many.replace("{n}", count);
  found.querySelector(".found-count").textContent = count ? said : none;
  for (const button of found.querySelectorAll('button[name="as"]')) button.disabled = count === 0;
}

function walk(step) {
  const all = places();
  const at = all.indexOf(current());
  const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step];
  next?.querySelector(".go").focus({ preventScroll: true });
  next?.scrollIntoView({ block: "center" });
  return all.length > 0;
}

key("next", () => walk(1));
key("previous", () => walk(-1));
key("open", () => {
  const place = current() ?? places()[0];
  place?.querySelector(".go").click();
  return place !== undefined;
});
key("select", () => {
  const box = current()?.querySelector("input");
  if (!box) return false;
  box.checked = !box.checked;
  tell();
  return true;
});

const TICKS = {
  all: () => [boxes(), true],
  none: () => [boxes(), false],
  text: (button) => [boxes(button.closest(".found-text")), true],
  "text-none": (button) => [boxes(button.closest(".found-text")), false],
  form: (button) => [boxes().filter((box) => box.dataset.form === button.dataset.form), true],
};

on("click", "[data-tick]", (_event, button) => {
  const [some, wanted] = TICKS[button.dataset.tick](button);
  for (const box of some) box.checked = wanted;
  tell();
});
addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented || event.repeat) return;
  // What is typed into the fields above is to be found first.
  const form = event.target.closest?.(".find-form");
  const button = form?.querySelector("button") ?? found?.querySelector("button.primary:not(:disabled)");
  if (!button) return;
  event.preventDefault();
  button.click();
});
on("change", '.found input[name="place"]', tell);
// A page that the browser kept comes back with its boxes ticked.
window.addEventListener("pageshow", tell);
tell();
if (document.activeElement === document.body) places()[0]?.querySelector(".go").focus({ preventScroll: true });
