// Acts go to the server through htmx, which puts the passages and cards that come back in place.
import { words } from "./page.js";

/** A new id for what is made here, so that sending it twice makes it once. */
export function makeId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // no randomUUID without https
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function faultOf(xhr) {
  if (xhr.status === 0) return { code: "offline", error: words("offline") };
  try {
    const said = JSON.parse(xhr.responseText);
    return { ...said, code: said.code ?? "", error: said.error || words("failed") };
  } catch {
    return { code: "", error: words("failed") };
  }
}

/** What the answer says was made or changed. */
function saidOf(xhr) {
  try {
    return JSON.parse(xhr.getResponseHeader("HX-Trigger")).annotated ?? {};
  } catch {
    return {};
  }
}

/** Without what takes something out that is not here: the page may never have had it. */
function withoutMissing(html) {
  return html.replace(/<(div|article) id="([^"]+)" hx-swap-oob="delete"><\/\1>/g, (part, _tag, id) =>
    document.getElementById(id) ? part : "",
  );
}

/** Send an act; resolves with { ok, status, code, error, html, isTold, said }, whatever happens.
    `isTold`: the page has shown a toast about the fault already. `arrived` is called when the answer
    is there and nothing of it is in the page yet. */
export function send(address, values, arrived = () => {}) {
  const source = document.createElement("div"); // one each: acts never wait for each other
  source.hidden = true;
  document.body.append(source);
  return new Promise((resolve) => {
    source.addEventListener("htmx:beforeOnLoad", arrived);
    source.addEventListener("htmx:beforeSwap", ({ detail }) => {
      // What is read here is no page: passages inside it have no place of their own.
      if (detail.xhr.getResponseHeader("Content-Type")?.startsWith("application/json")) detail.shouldSwap = false;
      detail.serverResponse = withoutMissing(detail.serverResponse);
    });
    source.addEventListener("htmx:afterRequest", ({ detail }) => {
      const { xhr } = detail;
      const ok = xhr.status >= 200 && xhr.status < 300;
      const isTold = !ok && ![409, 422].includes(xhr.status);
      const answer = { ok, status: xhr.status, isTold, said: ok ? saidOf(xhr) : {}, html: ok ? "" : xhr.responseText, ...(ok ? {} : faultOf(xhr)) };
      queueMicrotask(() => source.remove());
      resolve(answer);
    });
    htmx.ajax("POST", address, { source, target: source, swap: "none", values }).catch(() => {});
  });
}

/** Fetch a fragment as elements; null when it could not be had. */
export async function fetchElements(address, signal) {
  try {
    const answer = await fetch(address, { headers: { "HX-Request": "true" }, signal });
    if (!answer.ok) return null;
    const made = document.createElement("template");
    made.innerHTML = await answer.text();
    return [...made.content.children];
  } catch {
    return null;
  }
}
