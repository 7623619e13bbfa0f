// Sending files: dropped, chosen or a whole folder, in parts, with a bar; the rest again if cut.
const PART_FILES = 100;
const PART_BYTES = 8 * 1024 * 1024;

const form = document.getElementById("drop");
const place = form.querySelector(".sending");
const bar = place.querySelector("progress");
const words = place.querySelector(".sending-words");
const again = place.querySelector(".again");
let state = null; // what is being sent: files, how many were, where to

/** The files of a drop, folders walked through: [{ file, path }]. */
async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return [...transfer.files].map((file) => ({ file, path: file.name }));
  const found = [];
  for (const entry of entries) await walk(entry, found);
  return found;
}

async function walk(entry, found) {
  const path = entry.fullPath.replace(/^\//, "");
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject)).catch(() => null);
    if (file) found.push({ file, path });
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject)).catch(() => []);
    if (!some.length) return;
    for (const child of some) await walk(child, found);
  }
}

function chosen(input) {
  return [...input.files].map((file) => ({ file, path: file.webkitRelativePath || file.name }));
}

/** Tables of details first: they speak of the files after them. Hidden files stay behind. */
function ordered(files) {
  const kept = files.filter(({ path }) => !path.split("/").some((part) => part.startsWith(".")));
  return kept.sort((a, b) => isTable(b) - isTable(a));
}

function isTable({ path }) {
  return Number(path.toLowerCase().endsWith(".csv"));
}

function nextPart(files, start) {
  let size = 0;
  let end = start;
  while (end < files.length && end - start < PART_FILES) {
    size += files[end].file.size;
    if (end > start && size > PART_BYTES) break;
    end += 1;
  }
  return files.slice(start, end);
}

function say(text, { failed = false } = {}) {
  place.hidden = false;
  words.textContent = text;
  place.toggleAttribute("data-failed", failed);
}

function show() {
  bar.hidden = false;
  bar.max = state.files.length;
  bar.value = state.sent;
  const text = form.dataset.sending.replace("%(done)s", state.sent).replace("%(total)s", state.files.length);
  say(state.sent === state.files.length ? form.dataset.reading : text);
}

async function post(address, data) {
  const response = await fetch(address, {
    method: "POST",
    body: data,
    headers: { Accept: "application/json" },
  });
  const answer = await response.json().catch(() => null);
  if (!answer) throw new Error("cut");
  return answer;
}

function body(part, more) {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  for (const { file, path } of part) {
    data.append("files", file, file.name);
    data.append("paths", path);
  }
  data.set("sizes", JSON.stringify(part.map(({ file }) => file.size)));
  data.set("more", more ? "1" : "");
  return data;
}

async function send() {
  again.hidden = true;
  while (state.sent < state.files.length) {
    show();
    const part = nextPart(state.files, state.sent);
    const more = state.sent + part.length < state.files.length;
    const answer = await post(state.address, body(part, more));
    if (answer.fault) {
      bar.hidden = true;
      say(answer.fault, { failed: true });
      return;
    }
    state.sent += part.length;
    state.address = answer.add;
    state.next = answer.next;
  }
  show();
  location.assign(state.next);
}

async function go() {
  try {
    await send();
  } catch {
    say(form.dataset.cut, { failed: true });
    again.hidden = false;
  }
}

function begin(files) {
  const kept = ordered(files);
  if (!kept.length) {
    bar.hidden = true;
    say(form.dataset.nothing, { failed: true });
    return;
  }
  state = { files: kept, sent: 0, address: form.action, next: "" };
  go();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  begin(chosen(form.elements.files));
});
for (const name of ["files", "folder"]) {
  form.querySelector(`#${name}`).addEventListener("change", (event) => begin(chosen(event.target)));
}
again.addEventListener("click", go);

for (const type of ["dragenter", "dragover"]) {
  form.addEventListener(type, (event) => {
    event.preventDefault();
    form.dataset.over = "";
  });
}
form.addEventListener("dragleave", (event) => {
  if (!form.contains(event.relatedTarget)) delete form.dataset.over;
});
form.addEventListener("drop", async (event) => {
  event.preventDefault();
  delete form.dataset.over;
  begin(await dropped(event.dataTransfer));
});
