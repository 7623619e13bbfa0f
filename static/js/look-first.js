// Runs before the first paint: the look kept in this browser, even where the cookie is gone.
(() => {
  const root = document.documentElement;
  root.dataset.js = "";
  try {
    const kept = JSON.parse(localStorage.getItem("look") || "{}");
    for (const name of ["theme", "size", "width"]) {
      if (/^[a-z]+$/.test(kept[name] || "")) root.dataset[name] = kept[name];
    }
  } catch {
    // Storage may be closed to us; the cookie's look stays.
  }
})();
