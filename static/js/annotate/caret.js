// Selecting without a mouse: a caret of words in the focused passage, widened with Shift.
import { key, toast } from "../core.js";
import { namesIn } from "./capitals.js";
import { placeIn, signsOf } from "./offsets.js";
import { announce, isAtFoot, passageNumbered, passageOf, passages, text, words, wordsOf } from "./page.js";
import { close, currentPart, open, stay, turn } from "./popover.js";
import { quoteOf, rangesOf, select, spanOf, unselect, wholeSpan } from "./selection.js";
import { carry, changed, sentenceAt, trim, wordAfter, wordAt, wordBefore } from "./words.js";

const EDGE = 80; // pixels: what is nearer to the window's upper or lower edge is out of view

// `stood` is what the passage said when the caret was put where it stands.
const state = { passage: null, stood: "", anchor: null, head: null, before: null, widened: "", onKeep: null };

/** Whether the caret mode is on. */
export function caretIsOn() {
  return state.passage !== null;
}

function signs() {
  return signsOf(wordsOf(state.passage).textContent);
}

function span() {
  return {
    start: Math.min(state.anchor.start, state.head.start),
    end: Math.max(state.anchor.end, state.head.end),
  };
}

/** The spans that are selected; several where the selection began in a passage before. */
function spans() {
  const own = spanOf(state.passage, span());
  return state.before ? [...state.before, own] : [own];
}

function isInView(range) {
  const { top, bottom, left, right } = range.getBoundingClientRect();
  const covers = (one) => one.top < bottom && one.bottom > top && one.left < right && one.right > left;
  const over = document.querySelectorAll(isAtFoot() ? "#toasts > .toast, #say" : "#toasts > .toast");
  return top >= EDGE && bottom <= innerHeight - EDGE && ![...over].some((one) => covers(one.getBoundingClientRect()));
}

/** The words where the caret is come into view, also in a passage that is higher than the window. */
function comeIntoView() {
  const [range] = rangesOf([spanOf(state.passage, state.head)]);
  if (isInView(range)) return;
  range.startContainer.parentElement.scrollIntoView({ block: "center", behavior: "instant" });
  if (!isInView(range)) scrollBy({ top: range.getBoundingClientRect().top - innerHeight / 2, behavior: "instant" });
}

function show() {
  const all = spans();
  state.stood = wordsOf(state.passage).textContent;
  select(all);
  comeIntoView();
  open(state.onKeep ? "resize" : "bar", all);
  announce(words("selected", quoteOf(all)));
}

function put(word) {
  state.anchor = word;
  state.head = word;
  state.widened = "";
  state.before = null;
  show();
}

function enter(passage, at = 0) {
  const said = signsOf(wordsOf(passage)?.textContent ?? "");
  const word = wordAt(said, at) ?? wordAfter(said, at) ?? wordBefore(said, said.length);
  if (!word) return false;
  Object.assign(state, { passage });
  focus();
  put(word);
  return true;
}

function focus() {
  const element = wordsOf(state.passage);
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
}

/** Go to the first word of a passage; says whether it has one. */
export function moveTo(passage) {
  return enter(passage);
}

function firstOnScreen() {
  return passages().find((passage) => passage.getBoundingClientRect().bottom > 120) ?? passages()[0];
}

/** Begin in the passage that has the focus, or in the first on the screen. */
export function begin() {
  const here = passageOf(document.activeElement) ?? firstOnScreen();
  if (!here || !enter(here)) return false;
  text.dataset.caret = "";
  announce(`${words("caret")}. ${words("selected", quoteOf(spans()))}`);
  return true;
}

/** Begin with a span that is to become another; `onKeep` gets what was chosen. */
export function beginWith(passage, chosen, onKeep) {
  state.onKeep = onKeep;
  state.passage = passage;
  const said = signs();
  state.anchor = { start: chosen.start, end: wordAt(said, chosen.start)?.end ?? chosen.end };
  state.head = { start: wordAt(said, chosen.end - 1)?.start ?? chosen.start, end: chosen.end };
  state.before = null;
  state.widened = "";
  text.dataset.caret = "";
  focus();
  show();
  announce(words("resizing"));
}

/** End the caret mode; says whether it was on. */
export function end() {
  if (!caretIsOn()) return false;
  Object.assign(state, { passage: null, anchor: null, head: null, widened: "", onKeep: null, before: null });
  delete text.dataset.caret;
  close();
  unselect();
  announce(words("caretEnd"));
  return true;
}

function neighbour(by) {
  const all = passages().filter((passage) => wordsOf(passage)?.textContent.trim());
  return all[all.indexOf(state.passage) + by] ?? null;
}

function signBeside(by) {
  const { length } = signs();
  const at = by > 0 ? state.head.end : state.head.start - 1;
  return at >= 0 && at < length ? { start: at, end: at + 1 } : null;
}

/** Over a word that was taken in before, the selection grows smaller. */
function wordBeside(by) {
  const said = signs();
  return by > 0 ? wordAfter(said, state.head.end) : wordBefore(said, state.head.start);
}

function walk(by, { extend, exact }) {
  const next = exact ? signBeside(by) : wordBeside(by);
  if (!next) return extend ? cross(by) : toPassage(by);
  if (!extend) return put(next);
  state.head = next;
  return show();
}

/** Widen over the border of the passage: what was chosen in it so far goes to its end. */
function cross(by) {
  const next = by > 0 && !state.onKeep ? neighbour(1) : null;
  if (!next) return undefined;
  const said = signs();
  const rest = trim(said, { start: span().start, end: said.length });
  const before = [...(state.before ?? []), spanOf(state.passage, rest)];
  if (!enter(next)) return undefined;
  state.before = before;
  return show();
}

function toPassage(by) {
  const next = neighbour(by);
  if (!next || state.onKeep) return undefined;
  return enter(next, by > 0 ? 0 : signsOf(wordsOf(next).textContent).length - 1);
}

function toEnd(by, extend) {
  const said = signs();
  const word = by > 0 ? wordBefore(said, said.length) : wordAfter(said, 0);
  if (!word) return;
  if (extend) {
    state.head = word;
    show();
  } else {
    put(word);
  }
}

/** Widen to the sentence, then to the passage, then back to the word. */
function widen() {
  if (state.widened === "passage") return put(state.head);
  const whole = wholeSpan(state.passage);
  const sentence = state.widened === "" ? sentenceAt(signs(), span()) : null;
  const same = sentence && sentence.start === span().start && sentence.end === span().end;
  const wide = sentence && !same ? sentence : { start: whole.start, end: whole.end };
  state.widened = sentence && !same ? "sentence" : "passage";
  state.anchor = wide;
  state.head = wide;
  return show();
}

const MOVES = {
  ArrowRight: (how) => walk(1, how),
  ArrowLeft: (how) => walk(-1, how),
  ArrowDown: ({ extend }) => (extend ? cross(1) : toPassage(1)),
  ArrowUp: ({ extend }) => (extend ? undefined : toPassage(-1)),
  Home: ({ extend }) => toEnd(-1, extend),
  End: ({ extend }) => toEnd(1, extend),
};

function keydown(event) {
  if (!caretIsOn() || event.altKey || event.metaKey || event.defaultPrevented) return;
  if (!wordsOf(state.passage)?.contains(document.activeElement)) return;
  const move = MOVES[event.key];
  if (move) {
    event.preventDefault();
    event.stopPropagation();
    return move({ extend: event.shiftKey, exact: event.ctrlKey });
  }
  if (event.key === "Enter" && state.onKeep) {
    event.preventDefault();
    event.stopPropagation();
    return state.onKeep(spans());
  }
  return undefined;
}

/** The caret stays on its words when an answer puts its passage in anew. */
export function follow() {
  if (!caretIsOn()) return stay();
  const passage = passageNumbered(state.passage.dataset.number);
  const now = wordsOf(passage)?.textContent;
  const ends = now === undefined ? [] : [state.anchor, state.head].map((one) => carry(signsOf(state.stood), signsOf(now), one));
  if (ends.length === 0 || !ends.every(Boolean)) return end();
  const isOut = !state.passage.isConnected;
  [state.anchor, state.head] = ends;
  Object.assign(state, { passage, stood: now });
  if (!["bar", "resize"].includes(currentPart())) return stay();
  if (isOut && document.activeElement === document.body) focus();
  return stay(spans());
}

/** The names of a passage that nobody has linked, in order. */
function openNames(passage) {
  const root = wordsOf(passage);
  if (!root) return [];
  const linked = [...root.querySelectorAll('mark[data-m="identifying"]')].map((mark) => [
    placeIn(root, mark, 0),
    placeIn(root, mark, mark.childNodes.length),
  ]);
  const isLinked = ({ first, last }) => linked.some(([start, end]) => start < last.end && first.start < end);
  return namesIn(signsOf(root.textContent)).filter((name) => !isLinked(name));
}

/** Go to the next name that nobody has linked, or to the one before; where there is none, stay. */
function toName(by) {
  const all = passages();
  const here = caretIsOn() ? all.indexOf(state.passage) : all.indexOf(passageOf(document.activeElement) ?? firstOnScreen());
  if (here < 0) return false;
  const inside = caretIsOn() ? span() : { start: 0, end: 0 };
  const isAhead = ({ first, last }) => (by > 0 ? first.start >= inside.end : last.end <= inside.start);
  for (let at = here; at >= 0 && at < all.length; at += by) {
    const names = openNames(all[at]);
    const found = (at === here ? names.filter(isAhead) : names).at(by > 0 ? 0 : -1);
    if (!found) continue;
    Object.assign(state, { passage: all[at], anchor: found.first, head: found.last, before: null, widened: "" });
    text.dataset.caret = "";
    focus();
    show();
    return true;
  }
  toast(words("noName"));
  return true;
}

/** Listen: the key that begins, those that move, Escape that ends. */
export function watchCaret() {
  key("caret", () => {
    if (currentPart() && currentPart() !== "bar") return false;
    if (caretIsOn() && wordsOf(state.passage)?.isConnected) return widen() !== false;
    return begin();
  });
  for (const [name, by] of [["next_name", 1], ["previous_name", -1]]) {
    key(name, () => {
      if ((currentPart() && currentPart() !== "bar") || state.onKeep) return false;
      return toName(by);
    });
  }
  document.addEventListener("keydown", keydown, true);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || !caretIsOn()) return;
    event.preventDefault();
    event.stopPropagation();
    end();
  }, true);
  document.addEventListener("pointerdown", (event) => {
    if (caretIsOn() && !event.target.closest("#say")) end();
  });
  new MutationObserver(follow).observe(text, { childList: true });
}

/** Back to the words after a form was left. */
export function resume() {
  if (!caretIsOn()) return;
  focus();
  show();
}

/** Keep what is chosen as the new words. */
export function keepNow() {
  state.onKeep?.(spans());
}

/** How the text reads before an act, for `goToChange`; null while the caret is off. */
export function readNow() {
  if (!caretIsOn()) return null;
  return { since: turn(), read: new Map(passages().map((one) => [one.dataset.number, wordsOf(one)?.textContent])) };
}

/** The caret goes to the words that an act changed in one of these passages; not where the person has gone on. */
export function goToChange(before, numbers) {
  if (!before || turn() !== before.since) return;
  follow();
  if (!caretIsOn() || state.onKeep) return;
  for (const number of numbers) {
    const passage = passageNumbered(number);
    const now = wordsOf(passage)?.textContent;
    const stood = before.read.get(String(number));
    const found = now === undefined || stood === undefined ? null : changed(signsOf(stood), signsOf(now));
    if (!found) continue;
    state.passage = passage;
    focus();
    put(found);
    return;
  }
}

/** After an act the caret goes on behind the words it was about, to the next passage from the last ones. */
export function goOnAfter(done) {
  if (!caretIsOn()) return;
  const last = done.at(-1);
  const passage = passageNumbered(last.passage);
  if (!passage) return;
  Object.assign(state, { passage, onKeep: null });
  const said = signs();
  const behind = wordAfter(said, last.end);
  const next = behind ? null : neighbour(1);
  if (next && enter(next)) return;
  const word = behind ?? wordAt(said, last.end - 1) ?? wordBefore(said, said.length);
  if (!word) {
    end();
    return;
  }
  focus();
  put(word);
}
