// The look menu: theme, text size and width, kept in this browser and in a cookie for the server.
import { on } from "./core.js";

const NAMES = ["theme", "size", "width"];
const YEAR = 365 * 24 * 3600;
const root = document.documentElement;

function keep() {
  const look = Object.fromEntries(NAMES.map((name) => [name, root.dataset[name]]));
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `look=${NAMES.map((name) => look[name]).join("-")}; path=/; max-age=${YEAR}; samesite=lax${secure}`;
  try {
    localStorage.setItem("look", JSON.stringify(look));
  } catch {
    // Storage may be closed to us; the cookie is enough.
  }
}

function show() {
  for (const name of NAMES) {
    const input = document.querySelector(`[data-look] [name="${name}"][value="${root.dataset[name]}"]`);
    if (input) input.checked = true;
  }
}

on("change", "[data-look] input", (_event, input) => {
  root.dataset[input.name] = input.value;
  keep();
});

addEventListener("storage", (event) => {
  if (event.key !== "look" || !event.newValue) return;
  Object.assign(root.dataset, JSON.parse(event.newValue));
  show();
});

show();
