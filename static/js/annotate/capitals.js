// Names in a text, told by their capitals: in the middle of a sentence one is enough, at its beginning
// a second word has to bear it out. Places count in `signs`, one a code point, ends exclusive.
import { sentenceAt, wordAfter } from "./words.js";

const CAPITAL = /^\p{Lu}/u;
const BLANKS = /^[ \u00a0\u202f]$/u;
const MOST_SMALL = 2; // small words in a row within a name: Banque de la Poste
const SMALL = new Set("de du des d l la le les von van der den ben bin al el da di dos of the and".split(" "));
const TITLES = new Set("M MM Mme Mmes Mlle Dr Pr Me Mgr Mr Mrs Ms".split(" "));
// How French and English sentences begin, whatever comes next.
const OPENERS = new Set(
  `le la les l un une des du de d en à au aux dans pour par selon après avant depuis lors sur sous avec sans chez entre vers
   mais et ou or donc car si quand comme que qui quoi puis ainsi alors enfin aussi même déjà hier aujourd’hui demain ce cet cette ces c son sa ses leur leurs il elle on nous vous ils elles
   je tu mon ma mes notre nos votre vos the a an in on at for by with from as if when but and or he she it they we you this
   that these those his her its their our your`.split(/\s+/u),
);

const said = (signs, { start, end }) => signs.slice(start, end).join("");
const bare = (word) => word.replace(/['’ʼ]$/u, "").toLowerCase();
const isCapital = (word) => CAPITAL.test(word);

function opensSentence(signs, word) {
  const { start } = sentenceAt(signs, word);
  return !/[\p{L}\p{N}]/u.test(signs.slice(start, word.start).join(""));
}

/** The next word of the same name: right behind, or behind small words such as “de”; or null. */
function goesOn(signs, last) {
  let before = last;
  for (let small = 0; small <= MOST_SMALL; small += 1) {
    const next = wordAfter(signs, before.end);
    if (!next) return null;
    const gap = signs.slice(before.end, next.start);
    const elided = gap.length === 0 && before !== last;
    if (!elided && !(gap.length === 1 && BLANKS.test(gap[0]))) return null;
    const word = said(signs, next);
    if (isCapital(word) && !TITLES.has(word)) return next;
    if (!SMALL.has(bare(word))) return null;
    before = next;
  }
  return null;
}

/** All names of a passage as `{ first, last }`, their outer words. */
export function namesIn(signs) {
  const names = [];
  const borne = new Set(); // words that bear a capital in the middle of a sentence
  for (let word = wordAfter(signs, 0); word; word = wordAfter(signs, word.end)) {
    const text = said(signs, word);
    if (!isCapital(text) || TITLES.has(text)) continue;
    const opens = opensSentence(signs, word);
    if (opens && OPENERS.has(bare(text))) continue;
    let last = word;
    for (let next = goesOn(signs, last); next; next = goesOn(signs, last)) last = next;
    if (!opens) borne.add(text);
    names.push({ first: word, last, isLone: opens && last === word, text });
    word = last;
  }
  return names.filter((name) => !name.isLone || borne.has(name.text)).map(({ first, last }) => ({ first, last }));
}
