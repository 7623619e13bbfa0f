// Undo and redo of one's own acts on the article, by key and from toasts, without leaving the page.
import { isField, on } from "../core.js";
import { align } from "./align.js";
import { goToChange, readNow } from "./caret.js";
import { box } from "./page.js";
import { answeredAll, trackText } from "./replaced.js";
import { send } from "./send.js";

function wanted(event) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return "";
  const pressed = event.key.toLowerCase();
  if (pressed === "z") return event.shiftKey ? "redo" : "undo";
  return pressed === "y" && !event.shiftKey ? "redo" : "";
}

/** What was done last is undone, also where the server has not answered it yet; the caret goes there. */
async function undo(address) {
  let before = null;
  const answer = await trackText(
    answeredAll().then(() => {
      before = readNow();
      return send(address, { next: location.pathname + location.search }); // where it takes the page anew
    }),
  );
  goToChange(before, answer.said.passages ?? []);
  align();
}

async function undoByToast(event, form) {
  const address = form.getAttribute("action");
  if (!address) return;
  event.preventDefault();
  form.closest(".toast").remove();
  await undo(address);
}

/** What toasts offered to undo may be undone by now: the answer brings one of its own. */
function takeBackOffers() {
  for (const form of document.querySelectorAll("#toasts .toast form:not([hidden])")) form.closest(".toast").remove();
}

/** Listen: Ctrl+Z, Ctrl+Shift+Z and Ctrl+Y outside of fields, and the buttons of toasts. */
export function watchUndo() {
  document.addEventListener("keydown", (event) => {
    const way = wanted(event);
    if (!way || event.defaultPrevented || event.repeat || isField(event.target) || document.querySelector("dialog:modal")) return;
    const address = box.dataset[way];
    if (!address) return;
    event.preventDefault();
    takeBackOffers();
    undo(address);
  });
  on("submit", "#toasts form", undoByToast);
}
