// Colours over the text without touching its elements, where the browser can (CSS Custom Highlight).
const able = typeof Highlight === "function" && "highlights" in CSS;

/** Paint DOM ranges under a name that `annotate.css` gives its look. */
export function paint(name, ranges) {
  if (!able) return;
  if (ranges.length > 0) CSS.highlights.set(name, new Highlight(...ranges));
  else CSS.highlights.delete(name);
}

/** Take the paint of a name away. */
export function wipe(name) {
  if (able) CSS.highlights.delete(name);
}
