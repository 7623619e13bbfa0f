// One's place in a long text outlives a reload: the browser knows it in pixels only, and passages have their
// heights no sooner than they come near.
const AGAIN = ["reload", "back_forward"];
const LEAVES = ["wheel", "touchmove", "keydown", "pointerdown"];
const name = `place:${location.pathname}${location.search}`;

function here() {
  const first = [...document.querySelectorAll(".text .passage")].find((passage) => passage.getBoundingClientRect().bottom > 0);
  return first && scrollY > 0 ? { id: first.id, top: first.getBoundingClientRect().top } : null;
}

function keep() {
  try {
    const place = here();
    if (place) sessionStorage.setItem(name, JSON.stringify(place));
    else sessionStorage.removeItem(name);
  } catch {
    // Storage may be closed to us; the browser's own place stays.
  }
}

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(name));
  } catch {
    return null;
  }
}

function goBack({ id, top }) {
  const passage = document.getElementById(id);
  if (passage) scrollBy({ top: passage.getBoundingClientRect().top - top, behavior: "instant" });
}

/** Keep the place when the page goes, and go back to it where it is loaded again. */
export function watchPlaceKept() {
  addEventListener("pagehide", keep);
  const place = AGAIN.includes(performance.getEntriesByType("navigation")[0]?.type) && kept();
  if (!place) return;
  const moved = new AbortController();
  // Once what came near has its height the place may have moved again: looked at a few frames long.
  const started = performance.now();
  const hold = () => {
    if (moved.signal.aborted || performance.now() - started > 1_000) return moved.abort();
    goBack(place);
    return requestAnimationFrame(hold);
  };
  for (const type of LEAVES) addEventListener(type, () => moved.abort(), { signal: moved.signal, passive: true });
  hold();
}
