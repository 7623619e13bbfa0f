// Which part of a replacement is linked. Pure: places are UTF-16 units of the field, as it has them.

const LETTER = /[\p{L}\p{M}\p{N}]/u;

function isWhole(value, start, end) {
  const before = [...value.slice(0, start)].at(-1) ?? " ";
  const after = [...value.slice(end)][0] ?? " ";
  return !LETTER.test(before) && !LETTER.test(after);
}

/** Where a name stands in `value` as whole words, as { start, end }, or null. */
export function find(value, name) {
  for (let at = name ? value.indexOf(name) : -1; at >= 0; at = value.indexOf(name, at + 1)) {
    if (isWhole(value, at, at + name.length)) return { start: at, end: at + name.length };
  }
  return null;
}

/** From the first to the last word of a name, where both stand in `value`: "Antony J. Blinken". */
function around(value, name) {
  const words = name.split(/\s+/);
  if (words.length < 2) return null;
  const first = find(value, words[0]);
  const last = find(value, words.at(-1));
  return first && last && first.end < last.start ? { start: first.start, end: last.end } : null;
}

/** The part of `value` that is the name: the form chosen, or the longer one that it stands in ("Price"
    in "Ned Price"), else the longest of the others, or null. */
export function locate(value, form, forms) {
  const chosen = find(value, form);
  const longest = [...forms].sort((one, other) => other.length - one.length);
  if (chosen) return longest.map((name) => find(value, name)).find((place) => place && place.start <= chosen.start && place.end >= chosen.end) ?? chosen;
  for (const name of longest) {
    const place = find(value, name) ?? around(value, name);
    if (place) return place;
  }
  return null;
}

/** Put words in the place of a part (null: of all); gives the new value and where they stand. */
export function put(value, part, words) {
  const { start, end } = part ?? { start: 0, end: value.length };
  return { value: value.slice(0, start) + words + value.slice(end), part: { start, end: start + words.length } };
}

/** What Enter does: "both", "link", "correct", "insert", "delete" or "nothing". */
export function plan(old, value, isChosen) {
  const words = value.trim();
  if (old === "") return words === "" ? "nothing" : isChosen ? "both" : "insert";
  if (words === "") return "delete";
  if (value === old) return isChosen ? "link" : "nothing";
  return isChosen ? "both" : "correct";
}

/** Where a deletion begins: with the blank before the words, where one stands on both sides. */
export function startOfDeletion(signs, { start, end }) {
  const blank = /\s/u;
  const closes = end >= signs.length || blank.test(signs[end]) || /[.,;:!?…)\]»”]/u.test(signs[end]);
  return start > 0 && blank.test(signs[start - 1]) && closes ? start - 1 : start;
}
