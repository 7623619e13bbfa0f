// Lists that are walked through: j and k go on, y, n and v decide, and what is decided leaves the list.
import { key, on, toast } from "./core.js";

const list = document.querySelector("[data-walk]");

function rows() {
  return [...list.querySelectorAll(":scope > li:not([data-gone])")];
}

function current() {
  return document.activeElement?.closest?.("[data-walk] > li") ?? null;
}

function go(row) {
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function walk(by) {
  const all = rows();
  const at = all.indexOf(current());
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by];
  if (next) go(next);
  else document.querySelector('.pages [rel="next"]')?.focus();
  return all.length > 0;
}

/** The row leaves; the next one has the focus. */
function leave(row) {
  const all = rows();
  const at = all.indexOf(row);
  const next = all[at + 1] ?? all[at - 1];
  row.remove();
  if (next) {
    go(next);
    return;
  }
  const done = document.querySelector("[data-all-done]");
  done.hidden = false;
  go(done);
}

async function post(row, form) {
  if (row.hasAttribute("aria-busy")) return;
  row.setAttribute("aria-busy", "true");
  const values = { ...Object.fromEntries(new FormData(form)), walk: "1" };
  const source = document.createElement("div");
  row.append(source);
  let isDone = false;
  source.addEventListener("htmx:afterRequest", ({ detail }) => {
    isDone = detail.xhr.status >= 200 && detail.xhr.status < 300;
  });
  await htmx.ajax("POST", form.action, { source, target: source, swap: "none", values }).catch(() => {});
  source.remove();
  row.removeAttribute("aria-busy");
  if (isDone) leave(row);
}

/** The form that asks for the reason, in the row. */
async function ask(row, link) {
  const place = row.querySelector(".card-form");
  try {
    const answer = await fetch(link.dataset.get, { headers: { "HX-Request": "true" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const made = document.createElement("template");
    made.innerHTML = await answer.text();
    place.replaceChildren(made.content);
    const form = place.querySelector("form");
    for (const name of [...form.getAttributeNames()]) if (name.startsWith("hx-")) form.removeAttribute(name);
    form.querySelector("[data-autofocus]").focus();
  } catch {
    toast(document.getElementById("toasts").dataset.failed, { level: "error" });
  }
}

function act(name) {
  const row = current() ?? rows()[0];
  const button = row?.querySelector(`.walk-acts [data-act="${name}"]`);
  const why = row?.querySelector(`[data-not="${name}"]`);
  if (!button && why) toast(why.textContent);
  button?.click();
  return Boolean(button ?? why);
}

if (list) {
  key("next", () => walk(1));
  key("previous", () => walk(-1));
  key("open", () => {
    const row = current() ?? rows()[0];
    row?.querySelector(".row-title, .acts a")?.click();
    return row !== undefined;
  });
  for (const name of ["accept", "reject", "confirm"]) key(name, () => act(name));
  on("submit", "[data-walk] form", (event, form) => {
    event.preventDefault();
    post(form.closest(".row"), form);
  });
  on("click", "[data-walk] [data-get]", (event, link) => {
    event.preventDefault();
    ask(link.closest(".row"), link);
  });
  on("click", "[data-walk] [data-cancel]", (event, link) => {
    event.preventDefault();
    const row = link.closest(".row");
    link.closest("form").remove();
    go(row);
  });
  const first = list.querySelector(":scope > :is(:target, [data-here])") ?? rows()[0];
  if (first && document.activeElement === document.body) first.focus({ preventScroll: true });
}
