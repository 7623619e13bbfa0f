// Which part of a replacement is linked, and what Enter does: `node --test tests/js`.
import assert from "node:assert/strict";
import test from "node:test";

import { find, locate, plan, put, startOfDeletion } from "../../static/js/annotate/parts.js";

const said = (value, place) => place && value.slice(place.start, place.end);

test("a name is found as whole words", () => {
  assert.equal(said("Selon Price", find("Selon Price", "Price")), "Price");
  assert.equal(find("Prices", "Price"), null);
  assert.equal(said("l’ONU", find("l’ONU", "ONU")), "ONU");
  assert.equal(find("x", ""), null);
});

test("the linked part is the form chosen, else the longest form, else what the name's words enclose", () => {
  const forms = ["Antony Blinken", "Blinken", "Antony"];
  assert.equal(said("M. Blinken", locate("M. Blinken", "Antony Blinken", forms)), "Blinken");
  assert.equal(said("Antony Blinken", locate("Antony Blinken", "Antony Blinken", forms)), "Antony Blinken");
  assert.equal(said("Antony J. Blinken, hier", locate("Antony J. Blinken, hier", "Antony Blinken", forms)), "Antony J. Blinken");
  assert.equal(locate("Kyiv", "Antony Blinken", forms), null);
});

test("where the form chosen is a part of a longer one, the longer one is linked", () => {
  const forms = ["Price", "Ned Price"];
  assert.equal(said("Ned Price", locate("Ned Price", "Price", forms)), "Ned Price");
  assert.equal(said("Selon Ned Price, hier", locate("Selon Ned Price, hier", "Price", forms)), "Ned Price");
  assert.equal(said("Selon Price", locate("Selon Price", "Price", forms)), "Price");
  assert.equal(said("Price, soit Ned Price", locate("Price, soit Ned Price", "Price", forms)), "Price");
});

test("a form is put in the place of a part or of all", () => {
  assert.deepEqual(put("Selon prix", { start: 6, end: 10 }, "Price"), { value: "Selon Price", part: { start: 6, end: 11 } });
  assert.deepEqual(put("Blingen", null, "Blinken"), { value: "Blinken", part: { start: 0, end: 7 } });
});

test("what Enter does", () => {
  assert.equal(plan("Blingen", "Blingen", false), "nothing");
  assert.equal(plan("Blingen", "Blingen", true), "link");
  assert.equal(plan("Blingen", "Blinken", true), "both");
  assert.equal(plan("Blingen", "Blinken", false), "correct");
  assert.equal(plan("Blingen", " ", true), "delete");
  assert.equal(plan("", "de ", false), "insert");
  assert.equal(plan("", "", false), "nothing");
});

test("a deletion takes one of two blanks with it", () => {
  const signs = Array.from("reçu mardi Anthony, hier");
  assert.equal(startOfDeletion(signs, { start: 5, end: 10 }), 4);
  assert.equal(startOfDeletion(signs, { start: 11, end: 18 }), 10);
  assert.equal(startOfDeletion(signs, { start: 0, end: 4 }), 0);
  assert.equal(startOfDeletion(Array.from("l’OCDE"), { start: 2, end: 4 }), 2);
});
