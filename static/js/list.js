// Lists of texts, or of files under preview: keys that walk and select rows, the bar of acts; what
// is long is folded on a phone.
import { key, on } from "./core.js";
import { linkRead } from "./returning.js";

const NARROW = matchMedia("(width < 62rem)");
const SELECTED = "selected"; // in the session's storage
const REFUSED = "#refused"; // the way back from a refused act; no element has this id: it would take the focus
const PHONE = matchMedia("(width < 40rem)");

function rows() {
  return [...document.querySelectorAll("#rows > .row")];
}

function current() {
  return document.activeElement?.closest?.("#rows > .row") ?? null;
}

function walk(step) {
  const all = rows();
  if (!all.length) return false;
  const at = all.indexOf(current());
  const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step;
  if (all[next]) {
    all[next].querySelector(".row-title").focus({ preventScroll: true });
    all[next].scrollIntoView({ block: "nearest" });
    return true;
  }
  document.querySelector(step > 0 ? '.pages [rel="next"]' : '.pages [rel="prev"]')?.focus();
  return true;
}

function boxes() {
  return [...document.querySelectorAll('#rows input[name="article"]')];
}

function tell() {
  const bar = document.getElementById("bulk");
  if (!bar) return;
  const count = boxes().filter((box) => box.checked).length;
  const { none, one, many } = bar.dataset;
  bar.classList.toggle("has-selection", count > 0);
  bar.querySelector(".bulk-count").textContent = count ? (count === 1 ? one : many.replace("{n}", count)) : none;
}

function select(box, wanted) {
  box.checked = wanted;
  tell();
}

function selected() {
  return boxes().filter((box) => box.checked);
}

function fields() {
  return [...document.querySelectorAll("#bulk .bulk-act :is(input, select)")];
}

/** The first field of an act of the bar. */
function fieldOf(act) {
  const button = document.querySelector(`#bulk button[name="act"][value="${CSS.escape(act)}"]`);
  return button?.closest(".bulk-act").querySelector("input, select");
}

/** The selection outlives the act that is done with it; what was typed does, where it is refused. */
function keepSelection({ submitter }) {
  const typed = fields().map((field) => [field.name, field.value]);
  const kept = { ids: selected().map((box) => box.value), typed, act: submitter?.value ?? "" };
  try {
    sessionStorage.setItem(SELECTED, JSON.stringify(kept));
  } catch {
    // It is lost then.
  }
}

function restoreSelection() {
  let kept;
  try {
    kept = JSON.parse(sessionStorage.getItem(SELECTED)) ?? {};
    sessionStorage.removeItem(SELECTED);
  } catch {
    return;
  }
  const { ids = [], typed = [], act = "" } = kept;
  const again = boxes().filter((box) => ids.includes(box.value));
  for (const box of again) box.checked = true;
  tell();
  if (again.length && location.hash === REFUSED) {
    const values = new Map(typed);
    for (const field of fields()) field.value = values.get(field.name) ?? field.value;
    goToBar(fieldOf(act));
  } else if (document.activeElement === document.body) titleOf(again[0])?.focus({ preventScroll: true });
}

/** The row one comes back to is the current one. */
function returnToRow() {
  if (document.activeElement !== document.body) return;
  const link = linkRead(rows().map((row) => row.querySelector("a.row-title")).filter(Boolean));
  link?.focus({ preventScroll: true });
  link?.closest(".row").scrollIntoView({ block: "nearest" });
}

function goToBar(field) {
  document.querySelector(".bulk-acts").open = true;
  (field ?? document.getElementById("bulk-status")).focus();
}

function titleOf(box) {
  return box?.closest(".row").querySelector(".row-title");
}

/** Out of the bar to what is selected; from there the selection goes. */
function escape(event) {
  if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog:modal")) return;
  const some = selected();
  if (some.length === 0) return;
  event.preventDefault();
  if (event.target.closest?.("#bulk")) {
    titleOf(some[0]).focus();
    return;
  }
  for (const box of some) box.checked = false;
  tell();
}

function fold() {
  const acts = document.querySelector(".bulk-acts");
  if (acts) acts.open = !PHONE.matches;
  const facets = document.getElementById("facets");
  if (!facets) return;
  facets.open = !NARROW.matches;
  facets.dataset.ready = "";
}

key("next", () => walk(1));
key("previous", () => walk(-1));
key("open", () => {
  const row = current() ?? rows()[0];
  row?.querySelector(".row-title").click();
  return row !== undefined;
});
key("select", () => {
  const box = current()?.querySelector('input[name="article"]');
  if (!box) return false;
  select(box, !box.checked);
  return true;
});

key("bulk", () => {
  if (selected().length === 0) return false;
  goToBar();
  return true;
});

on("keydown", "#bulk .bulk-act :is(input, select)", (event, field) => {
  if (event.key !== "Enter" || event.isComposing) return;
  event.preventDefault();
  field.closest(".bulk-act").querySelector("button").click(); // its own act, not the form's first
});
on("click", '#bulk button[name="act"]', (_event, button) => {
  const needed = fieldOf(button.value); // an act without its value is refused on the spot
  for (const field of fields()) field.required = field === needed;
});
on("submit", "#bulk, #toasts form", keepSelection);
addEventListener("keydown", escape);
on("change", '#rows input[name="article"]', tell);
on("click", "[data-select]", (_event, button) => {
  for (const box of boxes()) box.checked = button.dataset.select === "all";
  tell();
});
for (const width of [NARROW, PHONE]) width.addEventListener("change", fold);
document.body.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id !== "shelf" && !event.target.querySelector?.("#shelf")) return;
  fold();
  tell();
});
// A page that the browser kept comes back with its boxes ticked.
window.addEventListener("pageshow", () => {
  tell();
  returnToRow();
});
fold();
tell();
restoreSelection();
