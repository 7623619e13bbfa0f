// The form of an article's details: a title that is typed no longer follows the text; ticked again, it is
// the text's. What was typed and not saved is kept in this browser.
import { on } from "./core.js";

const UNKEPT = new Set(["csrfmiddlewaretoken", "next"]);
const waiting = document.querySelector("[data-details-waiting]");

function nameOf(address) {
  return `draft:details:${new URL(address, location.href).pathname}`;
}

function recall(address) {
  try {
    return JSON.parse(localStorage.getItem(nameOf(address)));
  } catch {
    return null;
  }
}

function remember(address, values) {
  try {
    if (values) localStorage.setItem(nameOf(address), JSON.stringify(values));
    else localStorage.removeItem(nameOf(address));
  } catch {
    // Storage may be closed to us; the form goes on without.
  }
}

function fieldsOf(form) {
  return [...form.elements].filter((field) => field.name && !UNKEPT.has(field.name));
}

function valuesOf(form) {
  return Object.fromEntries(fieldsOf(form).map((field) => [field.name, field.type === "checkbox" ? field.checked : field.value]));
}

function fill(form, values) {
  for (const field of fieldsOf(form)) {
    if (!(field.name in values)) continue;
    if (field.type === "checkbox") field.checked = values[field.name];
    else field.value = values[field.name];
  }
}

/** Whether anything but the state they were begun from is another. */
function differ(one, other) {
  return Object.keys(one).some((name) => name !== "seen" && one[name] !== other[name]);
}

/** What was typed before comes back; what was refused stands in the form, and is kept. */
function begin(form) {
  if (waiting) waiting.hidden = true;
  if (form.contains(document.activeElement)) return;
  const stood = valuesOf(form);
  const kept = recall(form.action);
  if (form.querySelector("[role=alert], [aria-invalid='true']")) {
    remember(form.action, stood);
  } else if (kept && differ(stood, kept)) {
    fill(form, kept); // with the state it was begun from: nothing is overwritten unseen
    const note = form.querySelector("[data-kept]");
    note.hidden = false;
    note.querySelector("button").addEventListener("click", () => {
      fill(form, stood);
      remember(form.action, null);
      note.hidden = true;
      form.elements.title.focus();
    });
  } else remember(form.action, null);
}

document.addEventListener("input", (event) => {
  const form = event.target.closest?.("#details-form");
  if (!form) return;
  const { title, follow_text: follows } = form.elements;
  if (event.target === title) {
    follows.checked = follows.defaultChecked && title.value === title.defaultValue;
  } else if (event.target === follows && follows.checked && follows.defaultChecked) {
    title.value = title.defaultValue;
  }
  remember(form.action, valuesOf(form));
});

// The form takes the place of what was pressed: one goes on typing in it, in what was wrong first.
document.body.addEventListener("htmx:load", ({ target }) => {
  if (target.id !== "details-form") return;
  begin(target);
  if (target.contains(document.activeElement)) return; // typing has begun already
  (target.querySelector("[aria-invalid='true']") ?? target.elements.title).focus();
});
document.body.addEventListener("htmx:afterRequest", ({ detail }) => {
  const { requestConfig, xhr } = detail;
  if (requestConfig.elt.id !== "details-form") return;
  if (xhr.status >= 200 && xhr.status < 300) remember(requestConfig.path, null);
});
on("click", "#details-form a[data-leaves]", (_event, link) => remember(link.closest("form").action, null));
on("click", "[data-details-waiting] button", (_event, button) => {
  waiting.hidden = true;
  if (button.dataset.does === "go") document.querySelector("a[data-opens-details]").click();
  else remember(waiting.dataset.detailsWaiting, null);
});

const there = document.getElementById("details-form");
if (there) begin(there);
else if (waiting) waiting.hidden = !recall(waiting.dataset.detailsWaiting);
