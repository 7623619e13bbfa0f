// The three texts of an article: a key goes from one to the next, at the same passage; in the apparatus what
// is said of a change is shown while it is pointed at or has the focus.
import { key, on } from "../core.js";

const BELOW_BAR = 80; // pixels: what ends higher is not seen

function firstSeen() {
  const all = [...document.querySelectorAll(".text .passage")];
  return all.find((passage) => passage.getBoundingClientRect().bottom > BELOW_BAR);
}

function go(link) {
  const seen = scrollY > 0 ? firstSeen() : null;
  location.href = link.href + (seen ? `#${seen.id}` : "");
}

function links() {
  return [...document.querySelectorAll("[data-texts] a")];
}

/** Go on to the next of the three texts. */
function next() {
  const all = links();
  if (all.length === 0) return false;
  const here = all.findIndex((link) => link.hasAttribute("aria-current"));
  go(all[(here + 1) % all.length]);
  return true;
}

let tip = null;

function hide() {
  tip?.remove();
  tip = null;
}

function show(change) {
  hide();
  tip = document.createElement("div");
  tip.className = "change-says";
  tip.setAttribute("aria-hidden", "true"); // its words are the change's description
  tip.textContent = change.dataset.says;
  document.body.append(tip);
  const place = change.getClientRects()[0];
  const box = tip.getBoundingClientRect();
  const left = Math.max(16, Math.min(place.left, innerWidth - box.width - 16));
  const below = place.bottom + 6;
  const top = below + box.height > innerHeight ? place.top - box.height - 6 : below;
  tip.style.setProperty("left", `${left}px`);
  tip.style.setProperty("top", `${top}px`);
}

on("click", "[data-texts] a", (event, link) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(link);
});
on("mouseover", ".change", (_event, change) => show(change));
on("mouseout", ".change", hide);
on("focusin", ".change", (_event, change) => show(change));
on("focusout", ".change", hide);
addEventListener("scroll", hide, { passive: true });
addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
});
key("texts", next);
