// Cards: fetched as their words come near, in step with the marks, copied, opened and put back.
import { key, on, toast } from "../core.js";
import { align } from "./align.js";
import { activate, cardOf, deactivate, marksOf, restoreMarks, selected } from "./marks.js";
import { isAligned, near } from "./near.js";
import { box, isNarrow, passageNumbered, passageOf, text, words } from "./page.js";
import { fetchElements } from "./send.js";

const NEAR = "80% 0px"; // how far above and below the window cards are wanted
const AT_ONCE = 60; // passages asked for together, as many as the server answers

const QUIET = 1_000; // ms after the last act: then the counts are asked for, which any act may change

const asked = new Set();
let waiting = 0;
let counting = 0;
let watcher;

function list() {
  return document.getElementById("card-list");
}

function placeOf(card) {
  return [Number(card.dataset.passage ?? Infinity), Number(card.dataset.start ?? 0)];
}

/** Asks for no layout: many cards come at once while one scrolls. */
function isBefore(card, other) {
  const [passage, start] = placeOf(card);
  const [otherPassage, otherStart] = placeOf(other);
  if (passage === otherPassage) return start < otherStart;
  const here = passageNumbered(passage);
  const there = passageNumbered(otherPassage);
  if (!here || !there) return Boolean(here);
  return (here.compareDocumentPosition(there) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
}

/** Put a card where its words come in the text. */
export function insertCard(card) {
  const shelf = list();
  const standing = card.id && document.getElementById(card.id);
  if (!shelf || standing === card) return;
  if (standing) {
    standing.replaceWith(card);
  } else {
    shelf.querySelector(".nothing")?.remove();
    const after = [...shelf.children].find((other) => other.matches(".cards-more") || isBefore(card, other));
    shelf.insertBefore(card, after ?? null);
  }
  htmx.process(card);
}

function missing(passage) {
  if (asked.has(passage.id)) return false;
  return [...passage.querySelectorAll('mark[id^="a-"]')].some((mark) => !cardOf(mark.dataset.a));
}

async function fetchNear() {
  waiting = 0;
  if (!isAligned()) return;
  const wanted = [...near].filter(missing).slice(0, AT_ONCE);
  if (wanted.length === 0) return;
  for (const passage of wanted) asked.add(passage.id);
  await fetchCards(wanted.map((passage) => passage.dataset.number));
}

function asking(name, value) {
  const asked = new URLSearchParams(location.search);
  for (const other of ["a", "tab", "in", "q"]) asked.delete(other);
  asked.set(name, value);
  return `${box.dataset.cards}?${asked}`;
}

async function fetchCards(numbers) {
  const found = await fetchElements(asking("passages", numbers.join(",")));
  if (found === null) {
    for (const number of numbers) asked.delete(`p${number}`);
    return;
  }
  for (const card of found) if (!cardOf(card.dataset.a)) insertCard(card);
  restoreMarks();
  align();
}

function wantCards() {
  waiting ||= setTimeout(fetchNear, 60); // ms: passages come by in groups while one scrolls
}

function watchPassages() {
  watcher?.disconnect();
  near.clear();
  watcher = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (isIntersecting) near.add(target);
        else near.delete(target);
      }
      align();
      wantCards();
    },
    { rootMargin: NEAR },
  );
  for (const passage of text.querySelectorAll(".passage")) watcher.observe(passage);
  new MutationObserver((changes) => {
    for (const { addedNodes, removedNodes } of changes) {
      for (const node of removedNodes) if (node instanceof Element) forget(node);
      for (const node of addedNodes) if (node instanceof Element && node.matches(".passage")) watcher.observe(node);
    }
    restoreMarks();
    align();
  }).observe(text, { childList: true });
}

function forget(passage) {
  watcher.unobserve(passage);
  near.delete(passage);
  asked.delete(passage.id);
}

/** On a phone the card of what was chosen opens below its passage; others go back to the list. */
function openBelow({ id, before }) {
  if (before && before !== id) putBack(before);
  const card = id && cardOf(id);
  const passage = id && passageOf(marksOf(id)[0] ?? null);
  if (!card || !passage || !isNarrow()) return;
  if (card.previousElementSibling !== passage) passage.after(card);
  card.scrollIntoView({ block: "nearest" }); // a long passage would keep it out of sight
}

function putBack(id) {
  const card = cardOf(id);
  if (!card || list()?.contains(card) || document.getElementById("cards")?.dataset.tab !== "text") return;
  card.remove();
  insertCard(card);
}

async function show({ id, before }) {
  if (id && !cardOf(id)) {
    const passage = passageOf(marksOf(id)[0] ?? null);
    if (passage) await fetchCards([passage.dataset.number]);
    if (selected() !== id) return;
    cardOf(id)?.toggleAttribute("data-on", true);
  }
  openBelow({ id, before });
  align();
}

/** Into the card of what stands out, also before it is fetched or has got its place. */
async function enter(id) {
  if (!cardOf(id)) await show({ id, before: id });
  const card = cardOf(id);
  if (!card || selected() !== id) return;
  card.removeAttribute("data-away");
  card.focus();
}

async function copyAddress(event, link) {
  if (event.ctrlKey || event.metaKey || event.shiftKey || !navigator.clipboard) return;
  event.preventDefault();
  try {
    await navigator.clipboard.writeText(new URL(link.dataset.copy, location.href).href);
    toast(words("copied"));
  } catch {
    location.href = link.dataset.copy; // not allowed to copy: the address line has it then
  }
}

function recount(removed) {
  const count = document.getElementById("said-count");
  if (count && /^\d+$/.test(count.textContent)) count.textContent = Math.max(0, Number(count.textContent) + removed);
}

/** What an act did elsewhere changes these, too: how many there are under each tab, how far the text is. */
async function fetchCounts() {
  try {
    const answer = await fetch(asking("counts", "1"));
    if (!answer.ok) return;
    const { counts, parts } = await answer.json();
    for (const [id, html] of Object.entries(parts)) renew(id, html);
    for (const [id, count] of Object.entries(counts)) {
      const place = document.getElementById(id);
      if (place && place.textContent !== String(count)) place.textContent = count;
    }
  } catch {
    // They stay as they are until the next act.
  }
}

/** Put a part in anew, unless somebody is in it. */
function renew(id, html) {
  const place = document.getElementById(id);
  if (!place || place.contains(document.activeElement)) return;
  const made = document.createElement("template");
  made.innerHTML = html;
  const part = made.content.getElementById(id);
  place.replaceWith(part);
  htmx.process(part);
}

function wantCounts() {
  clearTimeout(counting);
  counting = setTimeout(fetchCounts, QUIET);
}

/** Cards that come and are not there yet get an empty one to replace, where their words come. */
function makeRoom({ detail }) {
  if (!detail.shouldSwap || !list()) return;
  const made = document.createElement("template");
  made.innerHTML = detail.serverResponse;
  for (const card of made.content.querySelectorAll("article[hx-swap-oob]")) {
    if (document.getElementById(card.id)) continue;
    const shell = card.cloneNode(false);
    shell.removeAttribute("hx-swap-oob");
    if (card.matches(".card")) {
      insertCard(shell);
      recount(1);
    } else {
      list().append(shell); // one that goes and was never fetched
    }
  }
}

/** New cards come into the list; those that go leave it. */
function watchSwaps() {
  document.body.addEventListener("htmx:beforeSwap", makeRoom);
  document.body.addEventListener("annotated", ({ detail }) => {
    recount(-(detail.removed?.length ?? 0));
    wantCounts();
    if (detail.removed?.includes(selected())) deactivate();
    restoreMarks();
    align();
  });
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target.matches(".cards-more") && isAligned()) event.preventDefault();
  });
  document.body.addEventListener("htmx:afterSettle", () => {
    watchList();
    dropTwins();
    align();
  });
}

/** A list that goes on after its last card may bring what was fetched before. */
function dropTwins() {
  const seen = new Set();
  for (const card of document.querySelectorAll(".card[data-a]")) {
    if (seen.has(card.id)) card.remove();
    seen.add(card.id);
  }
}

let watched;

function watchList() {
  if (watched === list()) return;
  watched = list();
  asked.clear();
  if (watched) new MutationObserver(() => align()).observe(watched, { childList: true, subtree: true, attributes: true, attributeFilter: ["open"] });
  wantCards();
}

/** Listen to cards. */
export function watchCards() {
  on("click", ".card[data-a]:not(.reply)", (event, card) => {
    const quote = event.target.closest("blockquote a");
    if (quote) event.preventDefault();
    if (!quote && event.target.closest("a, button, form")) return;
    activate(card.dataset.a, { scroll: Boolean(quote) || !isOnScreen(card.dataset.a), focus: Boolean(quote) });
  });
  on("focusin", ".card[data-a]:not(.reply)", (_event, card) => {
    if (selected() !== card.dataset.a) activate(card.dataset.a, { scroll: false });
  });
  on("keydown", ".card", (event, card) => {
    if (event.key !== "Escape" || event.target.closest("textarea, input")) return;
    const [mark] = marksOf(card.dataset.a);
    if (!mark) return;
    event.preventDefault();
    mark.tabIndex = -1;
    mark.focus();
  });
  key("open", (event) => {
    if (!event.target.closest?.("mark[data-a]")) return false;
    enter(selected());
    return true;
  });
  on("input", ".card textarea", () => align()); // it grows with what is typed
  on("click", "a[data-copy]", copyAddress);
  document.addEventListener("annotation:on", ({ detail }) => show(detail));
  watchSwaps();
  watchPassages();
  watchList();
  new ResizeObserver(() => align()).observe(text);
}

function isOnScreen(id) {
  const rect = marksOf(id)[0]?.getBoundingClientRect();
  return !rect || (rect.top >= 0 && rect.bottom <= innerHeight);
}
