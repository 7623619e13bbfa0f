// Names by their capitals, without a browser: `node --test tests/js`.
import assert from "node:assert/strict";
import test from "node:test";

import { namesIn } from "../../static/js/annotate/capitals.js";
import { signsOf } from "../../static/js/annotate/offsets.js";

function found(text) {
  const signs = signsOf(text);
  return namesIn(signs).map(({ first, last }) => signs.slice(first.start, last.end).join(""));
}

const FOUND = [
  ["Le Qui de Arsay a reçu Anthony Blingen.", ["Qui de Arsay", "Anthony Blingen"]],
  ["Les ministres Jean-Yves Le Trianon et M. Macrom.", ["Jean-Yves Le Trianon", "Macrom"]],
  ["Anthony Blingen dirigera. Toutefois, rien.", ["Anthony Blingen"]],
  ["Lors de la session de l’OCDE, Blingen « rencontrera » Netflix.", ["OCDE", "Blingen", "Netflix"]],
  ["Blingen a parlé. Puis Blingen est parti.", ["Blingen", "Blingen"]],
  ["Blingen a parlé ; puis Blingen est parti.", ["Blingen", "Blingen"]],
  ["après le Govt-19 et la Banque de la Poste", ["Govt-19", "Banque de la Poste"]],
  ["la Côte d’Ivoire et Mahmoud à basse", ["Côte d’Ivoire", "Mahmoud"]],
  ["“The ministers met in New York”, wrote the Times.", ["New York", "Times"]],
  ["Rien de tel ici. Mais non !", []],
  ["😀 Édouard Philippe", ["Édouard Philippe"]],
];

for (const [text, names] of FOUND) test(text, () => assert.deepEqual(found(text), names));
