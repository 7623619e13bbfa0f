// Words and sentences of a text, as French has them: l’|OCDE are two, aujourd’hui, Est-ce, Côte-d’Or
// and N’Djamena are one. All places count in `signs`, one a code point, ends exclusive.

const CORE = /[\p{L}\p{M}\p{N}]/u;
const DIGIT = /\p{Nd}/u;
const BLANK = /\s/u;
const CLOSING = /[\s\u00a0\u202f»”"’)\]]/u;
const APOSTROPHES = "'’ʼ";
const HYPHENS = "-\u2010\u2011";
const ELIDED = new Set("l d j m n s t c ç qu jusqu lorsqu puisqu quoiqu".split(" "));
const SOUNDS_OPEN = /[^\p{L}]|[aeiouyhàâäæéèêëîïôöœùûüÿ]/iu; // an elision never stands before a consonant
const ABBREVIATED = new Set("m mm mr dr pr st ste cf vs art no mgr sr jr gen sen rep gov mrs ms".split(" "));

const isCore = (signs, at) => at >= 0 && at < signs.length && CORE.test(signs[at]);
const isDigit = (signs, at) => at >= 0 && at < signs.length && DIGIT.test(signs[at]);

/** Whether an apostrophe at `at` ends an elided word that began at `start`. */
function elides(signs, start, at) {
  const before = signs.slice(start, at).join("").toLowerCase();
  return ELIDED.has(before) && (at + 1 >= signs.length || SOUNDS_OPEN.test(signs[at + 1]));
}

/** Whether the sign at `at` holds together what stands before and after it. */
function joins(signs, start, at) {
  const sign = signs[at];
  if (!isCore(signs, at - 1) || !isCore(signs, at + 1)) return false;
  if (HYPHENS.includes(sign) || APOSTROPHES.includes(sign) || sign === "_") return true;
  if (isDigit(signs, at - 1) && isDigit(signs, at + 1)) return ",.\u00a0\u202f".includes(sign);
  return sign === "." && (at - 1 === start || signs[at - 2] === "."); // O.N.U
}

function wordEnd(signs, start) {
  let at = start;
  while (at < signs.length) {
    if (APOSTROPHES.includes(signs[at]) && elides(signs, start, at)) return at + 1;
    if (!isCore(signs, at) && !joins(signs, start, at)) return at;
    at += 1;
  }
  return at;
}

/** Where to begin to look for the words around `at`: after a plain blank, which joins nothing. */
function chunkStart(signs, at) {
  let start = Math.min(at, signs.length);
  while (start > 0 && !(BLANK.test(signs[start - 1]) && !isDigit(signs, start))) start -= 1;
  return start;
}

/** The word that holds the sign at `at`, or null. */
export function wordAt(signs, at) {
  if (at < 0 || at >= signs.length) return null;
  let start = chunkStart(signs, at);
  while (start <= at) {
    if (!isCore(signs, start)) {
      start += 1;
      continue;
    }
    const end = wordEnd(signs, start);
    if (at < end) return { start, end };
    start = end;
  }
  return null;
}

/** The first word that begins at `at` or after it, or null. */
export function wordAfter(signs, at) {
  for (let place = Math.max(at, 0); place < signs.length; place += 1) {
    const word = CORE.test(signs[place]) ? wordAt(signs, place) : null;
    if (word && word.start >= at) return word;
    if (word) place = word.end - 1;
  }
  return null;
}

/** The last word that ends at `at` or before it, or null. */
export function wordBefore(signs, at) {
  for (let place = Math.min(at, signs.length) - 1; place >= 0; place -= 1) {
    const word = wordAt(signs, place);
    if (word && word.end <= at) return word;
    if (word) place = word.start;
  }
  return null;
}

/** A range without the blanks at its ends, or null if there is nothing else. */
export function trim(signs, { start, end }) {
  let from = start;
  let to = Math.min(end, signs.length);
  while (from < to && BLANK.test(signs[from])) from += 1;
  while (to > from && BLANK.test(signs[to - 1])) to -= 1;
  return to > from ? { start: from, end: to } : null;
}

/** A range widened to whole words, or null if it is blank. */
export function snap(signs, span) {
  const kept = trim(signs, span);
  if (!kept) return null;
  return {
    start: wordAt(signs, kept.start)?.start ?? kept.start,
    end: wordAt(signs, kept.end - 1)?.end ?? kept.end,
  };
}

function endsSentence(signs, at) {
  if (!".!?…".includes(signs[at])) return false;
  if (isCore(signs, at + 1) || ".!?…".includes(signs[at + 1] ?? "")) return false;
  if (signs[at] !== ".") return true;
  const word = wordBefore(signs, at);
  if (!word || word.end !== at) return true;
  const said = signs.slice(word.start, word.end).join("");
  return !ABBREVIATED.has(said.toLowerCase()) && !/^\p{Lu}$/u.test(said);
}

/** The end of the sentence whose last sign is at `at`: with what closes it, without the blank. */
function afterSentence(signs, at) {
  let end = at + 1;
  for (let place = end; place < signs.length && CLOSING.test(signs[place]); place += 1) {
    if (!/\s/u.test(signs[place])) end = place + 1;
  }
  return end;
}

/** The whole sentences that a range touches. */
export function sentenceAt(signs, span) {
  const kept = trim(signs, span) ?? span;
  let start = kept.start;
  while (start > 0 && !(endsSentence(signs, start - 1) || startsAfterEnd(signs, start))) start -= 1;
  let last = Math.max(kept.end - 1, kept.start);
  while (last < signs.length && !endsSentence(signs, last)) last += 1;
  return trim(signs, { start, end: last < signs.length ? afterSentence(signs, last) : signs.length }) ?? kept;
}

/** Whether what closes the sentence before ends just at `at`. */
function startsAfterEnd(signs, at) {
  if (!CLOSING.test(signs[at - 1]) || CLOSING.test(signs[at] ?? " ")) return false;
  let place = at - 1;
  while (place >= 0 && CLOSING.test(signs[place])) place -= 1;
  return place >= 0 && endsSentence(signs, place);
}

/** How many signs two texts begin with alike, and end with alike behind them. */
function alike(before, after) {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  return { head, tail };
}

/** The whole words of `after` where it is not as `before`; where words only went, the one that stands there. */
export function changed(before, after) {
  const { head, tail } = alike(before, after);
  const end = after.length - tail;
  if (head === end && before.length === after.length) return null;
  return snap(after, { start: head, end }) ?? wordAt(after, head) ?? wordAfter(after, head) ?? wordBefore(after, head);
}

/** A range of the signs `before` in those that stand there now, `after`: what is the same at both
    ends holds; where nothing of it is left, the word that stands there, or null. */
export function carry(before, after, { start, end }) {
  const { head, tail } = alike(before, after);
  const [from, to] = [before.length - tail, after.length - tail]; // where the same end begins
  const begins = start >= from ? start + to - from : Math.min(start, to);
  const ends = end > head && end >= from ? end + to - from : Math.min(end, to);
  if (ends > begins) return { start: begins, end: ends };
  return wordAt(after, begins) ?? wordBefore(after, begins) ?? wordAfter(after, begins);
}
