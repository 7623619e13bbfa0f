// Who comes back from a text to the list stands on its row again.
const KEPT = "read:"; // in the session's storage, by the list that led to the text
const TEXT = /\/articles\/\d+\//;

function nameOf(search) {
  return KEPT + (new URLSearchParams(search).get("in") ?? "");
}

/** Keep which text is read, for the list that led to it. */
export function watchRead() {
  const keep = () => {
    try {
      sessionStorage.setItem(nameOf(location.search), TEXT.exec(location.pathname)[0]);
    } catch {
      // Then the list begins at its top.
    }
  };
  keep(); // at once: who is quick goes back before the page is whole
  addEventListener("pageshow", keep); // also when the browser kept the page
}

function cameBack() {
  const { origin, pathname } = new URL(document.referrer || "about:blank");
  const isBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  return isBack || (origin === location.origin && TEXT.test(pathname));
}

/** The link to the text that one comes back from, among those of the list; or undefined. */
export function linkRead(links) {
  if (!links.length || !cameBack()) return undefined;
  try {
    const path = sessionStorage.getItem(nameOf(links[0].search));
    return path ? links.find((link) => link.pathname.endsWith(path)) : undefined;
  } catch {
    return undefined;
  }
}
