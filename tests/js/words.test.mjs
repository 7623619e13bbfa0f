// Words, sentences and offsets without a browser: `node --test tests/js`.
import assert from "node:assert/strict";
import test from "node:test";

import { cut, lengthOf, pointsAt, signsOf, unitsAt } from "../../static/js/annotate/offsets.js";
import { carry, changed, sentenceAt, snap, wordAfter, wordBefore } from "../../static/js/annotate/words.js";

function widened(text, part) {
  const signs = signsOf(text);
  const start = lengthOf(text.slice(0, text.indexOf(part)));
  const span = snap(signs, { start, end: start + lengthOf(part) });
  return span && signs.slice(span.start, span.end).join("");
}

const WIDENED = [
  ["sur l’OCDE.", "CD", "OCDE"],
  ["sur l'OCDE.", "l", "l'"],
  ["d’aujourd’hui, oui", "hui", "aujourd’hui"],
  ["Est-ce vrai", "st", "Est-ce"],
  ["la presqu’île de", "le ", "presqu’île"],
  ["à N’Djamena et", "jam", "N’Djamena"],
  ["du Govt-19 »", "ovt", "Govt-19"],
  ["en Côte-d’Or", "Or", "Côte-d’Or"],
  ["10\u202f000 euros", "10", "10\u202f000"],
  ["3,5 %", "5", "3,5"],
  ["l’O.N.U. a", "N", "O.N.U"],
  ["qu’est-ce que", "st", "est-ce"],
  ["fin.Début", "ébu", "Début"],
  ["Jean-Yves Le Trianon dit", "ves Le Tria", "Jean-Yves Le Trianon"],
  ["😀 l’e\u0301te\u0301 😀", "te\u0301", "e\u0301te\u0301"],
];

for (const [text, part, whole] of WIDENED) {
  test(`“${part}” of “${text}” widens to “${whole}”`, () => assert.equal(widened(text, part), whole));
}

test("blanks alone select nothing", () => assert.equal(snap(signsOf("a  b"), { start: 1, end: 3 }), null));

test("sentences know abbreviations and what closes them", () => {
  const signs = signsOf("M. Blinken est là. « Nous avons avancé ! » Il part. Vrai ? Oui.");
  const at = (place) => {
    const { start, end } = sentenceAt(signs, { start: place, end: place + 1 });
    return signs.slice(start, end).join("");
  };
  assert.deepEqual([4, 22, 45, 52].map(at), ["M. Blinken est là.", "« Nous avons avancé ! »", "Il part.", "Vrai ?"]);
});

test("walking by words goes there and back", () => {
  const signs = signsOf("L’OCDE, à 😀 Paris.");
  const there = [];
  for (let word = wordAfter(signs, 0); word; word = wordAfter(signs, word.end)) there.push(word);
  const back = [];
  for (let word = wordBefore(signs, signs.length); word; word = wordBefore(signs, word.start)) back.push(word);
  assert.deepEqual(there, back.reverse());
  assert.deepEqual(there.map(({ start, end }) => signs.slice(start, end).join("")), ["L’", "OCDE", "à", "Paris"]);
});

test("offsets count code points, also beside and inside pairs", () => {
  const text = "a😀e\u0301b";
  assert.equal(lengthOf(text), 5);
  assert.equal(cut(text, 1, 3), "😀e");
  assert.equal(unitsAt(text, 2), 3);
  assert.equal(pointsAt(text, 2), 1);
  assert.equal(pointsAt(text, 2, true), 2);
  for (let points = 0; points <= 5; points += 1) assert.equal(pointsAt(text, unitsAt(text, points)), points);
});

const CARRIED = [
  ["un deux trois", "un deux trois", "deux", "deux"],
  ["un deux trois", "un, vingt deux trois", "trois", "trois"],
  ["un deux trois", "un deux quatre", "deux", "deux"],
  ["un deux trois", "un douze trois", "deux", "douze"],
  ["un deux trois", "un trois", "deux", "trois"],
  ["😀 un deux", "😀 é un deux", "un deux", "un deux"],
];

for (const [before, after, part, expected] of CARRIED) {
  test(`${part} of “${before}” is ${expected} in “${after}”`, () => {
    const start = lengthOf(before.slice(0, before.indexOf(part)));
    const place = carry(signsOf(before), signsOf(after), { start, end: start + lengthOf(part) });
    assert.equal(signsOf(after).slice(place.start, place.end).join(""), expected);
  });
}

test("where no word is left, there is no place", () => {
  assert.equal(carry(signsOf("un"), [], { start: 0, end: 2 }), null);
});

const CHANGED = [
  ["selon Antony Blinken.", "selon Anthony Blingen.", "Anthony Blingen"],
  ["de Marsan", "de Marsac", "Marsac"],
  ["un mot de trop ici", "un mot ici", "ici"],
];

for (const [before, after, expected] of CHANGED) {
  test(`from “${before}” to “${after}” what changed is “${expected}”`, () => {
    const place = changed(signsOf(before), signsOf(after));
    assert.equal(signsOf(after).slice(place.start, place.end).join(""), expected);
  });
}

test("where nothing changed, there is no place", () => {
  assert.equal(changed(signsOf("un"), signsOf("un")), null);
});
