// Cards stand at the height of their words: one pass a frame, and only for what is near the screen.
import { selected } from "./marks.js";
import { isAligned, near } from "./near.js";

const GAP = 10; // pixels between cards

let asked = false;

/** Ask for the cards to be put in place with the next frame. */
export function align() {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    pass();
  });
}

function list() {
  return document.getElementById("card-list");
}

function flow(shelf) {
  if (shelf.dataset.aligned === undefined) return;
  delete shelf.dataset.aligned;
  shelf.style.removeProperty("min-height");
  for (const card of shelf.children) {
    card.style.removeProperty("transform");
    card.removeAttribute("data-away");
  }
}

/** Which cards are near, with the height their words stand at. Reads only. */
function measure(shelf) {
  const found = [];
  const origin = shelf.getBoundingClientRect().top;
  for (const card of shelf.children) {
    if (!card.matches(".card")) continue;
    const mark = document.getElementById(`a-${card.dataset.a}`);
    const passage = mark?.closest(".passage");
    if (!passage || !near.has(passage)) continue;
    // While a passage is typed anew its marks have no place.
    const place = mark.getClientRects().length > 0 ? mark : passage;
    found.push({ card, wanted: place.getBoundingClientRect().top - origin });
  }
  return found.sort((one, other) => one.wanted - other.wanted);
}

/** Tops without overlaps, each as near to its words as may be; what stands out is exactly there. */
function settle(found, heights, pinned) {
  const tops = [];
  let free = 0;
  for (const [index, { wanted }] of found.entries()) {
    tops[index] = Math.max(wanted, free);
    free = tops[index] + heights[index] + GAP;
  }
  if (pinned < 0) return tops;
  tops[pinned] = Math.max(found[pinned].wanted, 0);
  for (let index = pinned - 1, top = tops[pinned]; index >= 0; index -= 1) {
    tops[index] = Math.min(tops[index], top - heights[index] - GAP);
    top = tops[index];
  }
  free = tops[pinned] + heights[pinned] + GAP;
  for (let index = pinned + 1; index < found.length; index += 1) {
    tops[index] = Math.max(found[index].wanted, free);
    free = tops[index] + heights[index] + GAP;
  }
  return tops;
}

function pass() {
  const shelf = list();
  if (!shelf) return;
  if (!isAligned()) return flow(shelf);
  const fresh = shelf.dataset.aligned === undefined;
  shelf.dataset.aligned = "";
  const found = measure(shelf);
  const shown = new Set(found.map(({ card }) => card));
  for (const card of shelf.children) if (card.hasAttribute("data-away") === shown.has(card)) card.toggleAttribute("data-away", !shown.has(card));
  const heights = found.map(({ card }) => card.offsetHeight);
  const pinned = found.findIndex(({ card }) => card.dataset.a === selected());
  const tops = settle(found, heights, pinned);
  for (const [index, { card }] of found.entries()) {
    card.style.transform = `translateY(${Math.round(tops[index])}px)`;
    if (tops[index] < 0) card.setAttribute("data-away", ""); // no room above what stands out
  }
  const last = found.length - 1;
  const bottom = last < 0 ? 0 : Math.ceil(tops[last] + heights[last]);
  if (fresh || bottom > shelf.offsetHeight) shelf.style.minHeight = `${bottom}px`;
  return undefined;
}
