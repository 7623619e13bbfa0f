// What changed, word by word, without a browser: `node --test tests/js`.
import assert from "node:assert/strict";
import test from "node:test";

import { difference } from "../../static/js/annotate/difference.js";

function side(parts, kind) {
  return parts.filter(([own]) => own === "same" || own === kind).map(([, words]) => words).join("");
}

const PAIRS = [
  ["", ""],
  ["", "un"],
  ["un deux", ""],
  ["Le Qui de Arsay a reçu", "Le Quai d’Orsay a reçu"],
  ["a b c d", "a x c y"],
  ["e\u0301te\u0301 😀", "e\u0301té 👩🏽 😀"],
  ["un  deux", "un deux"],
  ["un deux trois", "un\n\ndeux trois"],
];

for (const [before, after] of PAIRS) {
  test(`“${before}” and “${after}” are both told from what changed`, () => {
    const parts = difference(before, after);
    assert.equal(side(parts, "del"), before);
    assert.equal(side(parts, "ins"), after);
  });
}

test("what is the same is not marked", () => {
  assert.deepEqual(difference("a b c", "a x c"), [["same", "a "], ["del", "b"], ["ins", "x"], ["same", " c"]]);
  assert.deepEqual(difference("same", "same"), [["same", "same"]]);
});

test("words changed side by side are marked as one", () => {
  assert.deepEqual(difference("x Anthony Blingen y", "x Antony Blinken y"), [
    ["same", "x "], ["del", "Anthony Blingen"], ["ins", "Antony Blinken"], ["same", " y"],
  ]);
});

test("very long texts that have nothing in common end soon", () => {
  const one = "a b ".repeat(5000);
  const other = "c d ".repeat(5000);
  assert.equal(side(difference(one, other), "ins"), other);
});
