// What changed between two texts, word by word. Pure: no browser, no places.

const WORD = /[\p{L}\p{M}\p{N}]+|\s+|./gsu;
const MOST = 4_000_000; // pairs of words compared; beyond that the whole middle counts as changed

function tokens(text) {
  return text.match(WORD) ?? [];
}

/** How long the longest run of words that both have is, from each pair of places on. */
function lengths(ours, theirs) {
  const width = theirs.length + 1;
  const table = new Uint32Array((ours.length + 1) * width);
  for (let i = ours.length - 1; i >= 0; i -= 1) {
    for (let j = theirs.length - 1; j >= 0; j -= 1) {
      const at = i * width + j;
      table[at] = ours[i] === theirs[j] ? table[at + width + 1] + 1 : Math.max(table[at + width], table[at + 1]);
    }
  }
  return (i, j) => table[i * width + j];
}

function middle(ours, theirs) {
  if (ours.length * theirs.length > MOST) return [["del", ours.join("")], ["ins", theirs.join("")]];
  const length = lengths(ours, theirs);
  const parts = [];
  let i = 0;
  let j = 0;
  while (i < ours.length || j < theirs.length) {
    if (i < ours.length && j < theirs.length && ours[i] === theirs[j]) {
      parts.push(["same", ours[i]]);
      i += 1;
      j += 1;
    } else if (j >= theirs.length || (i < ours.length && length(i + 1, j) >= length(i, j + 1))) {
      parts.push(["del", ours[i]]);
      i += 1;
    } else {
      parts.push(["ins", theirs[j]]);
      j += 1;
    }
  }
  return parts;
}

/** Neighbours of one kind as one; a blank alone between two changes belongs to both. */
function joined(parts) {
  const found = [];
  for (const [index, [kind, words]] of parts.entries()) {
    const around = [parts[index - 1]?.[0], parts[index + 1]?.[0]];
    const bridges = kind === "same" && /^\s+$/u.test(words) && around.every((one) => one && one !== "same");
    for (const [own, said] of bridges ? [["del", words], ["ins", words]] : [[kind, words]]) {
      const from = found.findLastIndex(([other]) => other === "same") + 1;
      const last = own === "same" ? found.length - 1 : found.findIndex(([other], place) => place >= from && other === own);
      if (last >= 0 && found[last]?.[0] === own) found[last][1] += said;
      else found.push([own, said]);
    }
  }
  return found;
}

/** The parts of two texts in order, as [kind, words] with the kinds "same", "del" and "ins". */
export function difference(before, after) {
  const ours = tokens(before);
  const theirs = tokens(after);
  let head = 0;
  const most = Math.min(ours.length, theirs.length);
  while (head < most && ours[head] === theirs[head]) head += 1;
  let tail = 0;
  while (tail < most - head && ours.at(-1 - tail) === theirs.at(-1 - tail)) tail += 1;
  return joined([
    ...ours.slice(0, head).map((word) => ["same", word]),
    ...middle(ours.slice(head, ours.length - tail), theirs.slice(head, theirs.length - tail)),
    ...ours.slice(ours.length - tail).map((word) => ["same", word]),
  ]);
}
