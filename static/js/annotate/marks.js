// Marks in the text: a click takes the smallest, again the next; what stands out, here and as a card.
import { on, toast } from "../core.js";
import { lengthOf } from "./offsets.js";
import { announce, text, words } from "./page.js";

const STEP_KEYS = { ArrowDown: 1, ArrowUp: -1 };

/** All pieces of an annotation's marks. */
export function marksOf(id) {
  return [...text.querySelectorAll(`mark[data-a="${CSS.escape(id)}"]`)];
}

/** The card of an annotation, or null. */
export function cardOf(id) {
  return document.getElementById(`c-${id}`);
}

/** Which annotation stands out; "" for none. */
export function selected() {
  return text.dataset.selected ?? "";
}

function flag(id, name, isOn) {
  const card = cardOf(id);
  for (const element of card ? [...marksOf(id), card] : marksOf(id)) element.toggleAttribute(name, isOn);
}

/** Let an annotation stand out; others hear of it by the event `annotation:on`. */
export function activate(id, { scroll = true, focus = false } = {}) {
  const before = selected();
  if (before && before !== id) rest(before);
  text.dataset.selected = id;
  flag(id, "data-on", true);
  cardOf(id)?.setAttribute("aria-current", "true");
  const [mark] = marksOf(id);
  if (mark) {
    if (focus) {
      mark.tabIndex = -1;
      mark.focus({ preventScroll: true });
    }
    if (scroll) mark.scrollIntoView({ block: "center" });
    history.replaceState(history.state, "", `${addressWithout()}#a-${id}`);
  }
  document.dispatchEvent(new CustomEvent("annotation:on", { detail: { id, before } }));
}

/** The address of the page, naming no annotation. */
function addressWithout() {
  const asking = new URLSearchParams(location.search);
  asking.delete("a");
  return location.pathname + (asking.size > 0 ? `?${asking}` : "");
}

function rest(id) {
  flag(id, "data-on", false);
  cardOf(id)?.removeAttribute("aria-current");
}

/** Nothing stands out any more; says whether something did. */
export function deactivate() {
  const id = selected();
  if (!id) return false;
  rest(id);
  delete text.dataset.selected;
  history.replaceState(history.state, "", addressWithout());
  document.dispatchEvent(new CustomEvent("annotation:on", { detail: { id: "", before: id } }));
  return true;
}

/** The annotations at an element, the shortest first; layers that are switched off left out. */
export function annotationsAt(element) {
  const found = new Map();
  for (let mark = element.closest("mark[data-a]"); mark; mark = mark.parentElement.closest("mark[data-a]")) {
    if (!found.has(mark.dataset.a) && !isOff(mark)) found.set(mark.dataset.a, sizeOf(mark.dataset.a));
  }
  return [...found].sort((one, other) => one[1] - other[1]).map(([id]) => id);
}

function sizeOf(id) {
  return marksOf(id).reduce((sum, mark) => sum + lengthOf(mark.textContent), 0);
}

/** Whether a mark's layer is switched off. */
export function isOff(mark) {
  const off = (text.dataset.off ?? "").split(" ");
  return off.includes(layerOf(mark));
}

/** The layer of a mark: its motivation, for links the kind of what they lead to. */
export function layerOf(mark) {
  if (mark.dataset.m !== "identifying") return mark.dataset.m;
  return mark.dataset.kind || "not_identifiable";
}

function click(event, element) {
  if (event.defaultPrevented || event.altKey || !getSelection().isCollapsed) return;
  const all = annotationsAt(element);
  if (all.length === 0) return;
  const id = all[(all.indexOf(selected()) + 1) % all.length];
  activate(id, { scroll: false });
  hear(id);
}

function hear(id) {
  const said = marksOf(id).find((mark) => mark.getAttribute("aria-description"));
  if (said) announce(words("says", said.getAttribute("aria-description")));
}

/** The annotations in the order of the text, those switched off left out. */
export function inOrder() {
  const firsts = text.querySelectorAll('mark[id^="a-"]:not([data-hidden])');
  return [...firsts].filter((mark) => !isOff(mark)).map((mark) => mark.dataset.a);
}

function nearest(ids, by) {
  const middle = innerHeight / 2;
  const below = ids.findIndex((id) => document.getElementById(`a-${id}`).getBoundingClientRect().top >= middle);
  if (below < 0) return by > 0 ? 0 : ids.length - 1;
  return by > 0 ? below : (below - 1 + ids.length) % ids.length;
}

/** Go to the next annotation (by 1) or the one before (by -1). */
export function go(by) {
  const ids = inOrder();
  if (ids.length === 0) return toast(words("nothing"));
  const here = ids.indexOf(selected());
  const next = here < 0 ? nearest(ids, by) : (here + by + ids.length) % ids.length;
  activate(ids[next], { focus: true });
  return hear(ids[next]);
}

let hot = "";

function heat(id) {
  if (id === hot) return;
  if (hot) flag(hot, "data-hot", false);
  hot = id;
  if (hot) flag(hot, "data-hot", true);
}

function hotOf(target) {
  if (!(target instanceof Element)) return "";
  const card = target.closest(".card[data-a]:not(.reply)");
  if (card) return card.dataset.a;
  const mark = text.contains(target) && target.closest("mark[data-a]");
  return mark ? (annotationsAt(mark)[0] ?? "") : "";
}

/** Keep what stands out when passages and cards are put in anew. */
export function restoreMarks() {
  const id = selected();
  if (id) flag(id, "data-on", true);
  if (hot) flag(hot, "data-hot", true);
}

/** Listen to marks: click, hover and focus, and the keys from one to the next. */
export function watchMarks() {
  on("click", ".text mark[data-a]", click);
  for (const type of ["pointerover", "focusin"]) document.addEventListener(type, (event) => heat(hotOf(event.target)));
  document.addEventListener("keydown", (event) => {
    const by = STEP_KEYS[event.key];
    if (!by || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
    if (event.target.closest?.("textarea, [role=combobox], select, dialog")) return;
    event.preventDefault();
    go(by);
  });
}
