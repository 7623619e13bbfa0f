// The reader page: addresses of passages to copy, jumps between turns and hits, neighbours.
import { key, on, toast } from "./core.js";
import { watchPlaceKept } from "./place.js";
import { watchRead } from "./returning.js";

const text = document.querySelector(".text");
const BELOW_BAR = 120; // pixels: what stands higher counts as read

function goTo(element) {
  if (!element) return false;
  element.scrollIntoView({ block: "start" });
  return true;
}

function follow(selector) {
  const link = document.querySelector(selector);
  link?.click();
  return link !== null;
}

async function copyAddress(event, link) {
  if (event.ctrlKey || event.metaKey || event.shiftKey || !navigator.clipboard) return;
  event.preventDefault();
  const address = new URL(text.dataset.address + link.hash, location.href).href;
  history.replaceState(history.state, "", link.hash);
  try {
    await navigator.clipboard.writeText(address);
    toast(text.dataset.copied);
  } catch {
    location.hash = link.hash; // not allowed to copy: the address line has it
  }
}

function nextTurn(speaker) {
  const turns = [...document.querySelectorAll(`.passage[data-speaker="${speaker}"]`)];
  return turns.find((turn) => turn.getBoundingClientRect().top > BELOW_BAR) ?? turns[0];
}

/** The hits within an element; one that marks cut in pieces has its id on the first. */
function hits(within = document) {
  return [...within.querySelectorAll(".hit[id]")];
}

/** A passage that comes back after an act keeps the numbers of its hits, and the one stepped to. */
function keepHits({ detail }) {
  const before = hits(detail.target);
  for (const [index, hit] of hits(detail.fragment).entries()) {
    const same = before[index];
    hit.id = same?.id ?? "";
    hit.toggleAttribute("data-here", same?.hasAttribute("data-here") ?? false);
  }
}

function stepHit(step) {
  const all = hits();
  if (all.length === 0) return false;
  const here = all.findIndex((hit) => hit.hasAttribute("data-here"));
  const next = all[(here + step + all.length) % all.length];
  all[here]?.removeAttribute("data-here");
  next.setAttribute("data-here", "");
  next.closest("details")?.setAttribute("open", "");
  next.scrollIntoView({ block: "center" });
  return true;
}

function watchPlace() {
  const links = new Map([...document.querySelectorAll(".entries a")].map((link) => [link.hash.slice(1), link]));
  if (links.size === 0) return;
  let current;
  const watcher = new IntersectionObserver(
    (entries) => {
      const seen = entries.filter((entry) => entry.isIntersecting).at(-1);
      if (!seen) return;
      current?.removeAttribute("aria-current");
      current = links.get(seen.target.id);
      current.setAttribute("aria-current", "location");
    },
    { rootMargin: "-10% 0px -70% 0px" },
  );
  for (const id of links.keys()) {
    const passage = document.getElementById(id);
    if (passage) watcher.observe(passage);
  }
}

function foldAll(event, link) {
  event.preventDefault();
  const open = link.dataset.fold === "open";
  for (const exchange of document.querySelectorAll(".exchange")) exchange.open = open;
}

function openTarget() {
  const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  const folded = target && target.closest("details");
  if (folded) folded.open = true;
}

on("click", ".permalink", copyAddress);
on("click", "[data-next-turn]", (event, link) => {
  const turn = nextTurn(link.dataset.nextTurn);
  if (!turn) return;
  event.preventDefault();
  link.closest("[popover]:popover-open")?.hidePopover();
  history.replaceState(history.state, "", `#${turn.id}`);
  goTo(turn);
});
on("click", ".entries a", (_event, link) => link.closest("[popover]:popover-open")?.hidePopover());
on("click", "[data-fold]", foldAll);

key("next", () => follow('a[rel="next"]'));
key("previous", () => follow('a[rel="prev"]'));
key("next_hit", () => stepHit(1));
key("previous_hit", () => stepHit(hits().some((hit) => hit.hasAttribute("data-here")) ? -1 : 0));
key("next_work", () => {
  const form = document.querySelector(".next-choice form");
  form?.requestSubmit(); // as it was chosen last
  return form !== null;
});
key("back", () => {
  if (follow("[data-back]") === false) location.href = "/";
});

addEventListener("hashchange", openTarget);
document.body.addEventListener("htmx:oobBeforeSwap", keepHits);
document.body.addEventListener("htmx:oobAfterSwap", ({ detail }) => {
  if (detail.target.id === "outline") queueMicrotask(watchPlace); // its links are others now
});
openTarget();
watchPlace();
watchPlaceKept();
watchRead();
