// Who saved a form stands on the button again that saved or opened it, on the page that comes then.
import { on } from "./core.js";

const KEPT = "saved"; // in the session's storage: where the form went

function take() {
  try {
    const path = sessionStorage.getItem(KEPT);
    sessionStorage.removeItem(KEPT);
    return path;
  } catch {
    return null;
  }
}

/** The last button of a form that goes there, or the link that opens one. */
function buttonTo(path) {
  const all = [...document.querySelectorAll("form[data-saves] [type=submit], a[data-opens-details]")];
  return all.filter((one) => new URL(one.form?.action ?? one.href).pathname === path).at(-1);
}

/** The message that came with the page; it stays while it has the focus. */
function message() {
  const last = document.querySelector("#toasts > :last-child");
  if (last) last.tabIndex = -1;
  return last;
}

/** Keep which form is sent, and give its button, what is wrong or the message the focus afterwards. */
export function watchSaved() {
  on("submit", "form[data-saves]", (_event, form) => {
    try {
      sessionStorage.setItem(KEPT, new URL(form.action).pathname);
    } catch {
      // The focus is at the top then.
    }
  });
  const path = take();
  if (!path || document.activeElement !== document.body) return;
  (document.querySelector("main [aria-invalid='true']") ?? buttonTo(path) ?? message())?.focus();
}
