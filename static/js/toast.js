// Toasts: short messages at the foot of the page, read out politely.
const SECONDS = 7;
const SECONDS_WITH_UNDO = 20;
const MOST = 2; // at a time: they stand over the page
const SIGNED_OUT = 401; // the answer brings a toast of its own

function shelf() {
  return document.getElementById("toasts");
}

function leave(item, seconds) {
  let timer;
  const start = () => {
    timer = setTimeout(() => item.remove(), seconds * 1000);
  };
  const wait = () => clearTimeout(timer);
  for (const type of ["pointerenter", "focusin"]) item.addEventListener(type, wait);
  for (const type of ["pointerleave", "focusout"]) item.addEventListener(type, start);
  start();
}

/** The older ones go, plain ones first; an error goes for another error only. */
function makeRoom(newest) {
  const others = [...shelf().children].filter((item) => item !== newest);
  const plain = others.filter((item) => item.dataset.level !== "error");
  const errors = newest.dataset.level === "error" ? others.filter((item) => !plain.includes(item)) : [];
  for (const item of [...plain, ...errors].slice(0, Math.max(0, others.length + 1 - MOST))) item.remove();
}

/** Show a text; with `undoUrl`, a button that undoes the act, or does it again where it `isUndone`;
    `level` "error" stays until closed, and may lead to more at `moreUrl`. */
export function toast(text, { undoUrl = "", isUndone = false, level = "info", elsewhere = "", moreUrl = "" } = {}) {
  const item = document.getElementById("toast-template").content.firstElementChild.cloneNode(true);
  item.dataset.level = level;
  item.querySelector(".toast-text").textContent = text;
  const form = item.querySelector("form");
  const link = item.querySelector("[data-elsewhere]");
  link.hidden = !elsewhere;
  if (elsewhere) count(link, elsewhere);
  if (undoUrl) {
    form.action = undoUrl;
    const button = form.querySelector("button[data-redo]");
    if (isUndone) button.textContent = button.dataset.redo;
    form.toggleAttribute("data-redoes", isUndone);
    form.hidden = false;
  }
  const more = item.querySelector(".toast-more");
  if (moreUrl) more.href = moreUrl;
  more.hidden = !moreUrl;
  shelf().append(item);
  makeRoom(item);
  if (level !== "error") leave(item, undoUrl ? SECONDS_WITH_UNDO : SECONDS);
  return item;
}

/** Lead to the same words elsewhere, and say how many there are; where there are none, to nothing. */
async function count(link, address) {
  link.href = address;
  const answer = await fetch(address.replace("/find/?", "/find/count?")).catch(() => undefined);
  if (!answer?.ok) return;
  const found = await answer.json();
  link.hidden = found.places === 0;
  link.textContent = found.text;
  const letter = document.querySelector('[data-keys] input[name="elsewhere"]:not(:disabled)');
  if (letter) link.append(" ", Object.assign(document.createElement("kbd"), { textContent: letter.value }));
}

/** Let the toasts that came with the page leave, and show those that htmx brings. */
export function watchToasts() {
  const place = shelf();
  if (!place) return;
  for (const item of place.children) {
    if (item.dataset.level === "error") continue;
    leave(item, item.querySelector("form") ? SECONDS_WITH_UNDO : SECONDS);
  }
  place.addEventListener("click", (event) => event.target.closest(".toast-close")?.parentElement.remove());
  document.body.addEventListener("toast", (event) => toast(event.detail.text, event.detail));
  document.body.addEventListener("htmx:responseError", ({ detail }) => {
    // An answer that brings a toast of its own says it better.
    const isTold = detail.xhr.getResponseHeader("HX-Trigger")?.includes('"toast"');
    if (detail.xhr.status !== SIGNED_OUT && !isTold) toast(place.dataset.failed, { level: "error" });
  });
  document.body.addEventListener("htmx:sendError", () => toast(place.dataset.offline, { level: "error" }));
}
