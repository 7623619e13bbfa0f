// Which passages are on the screen and near it, and whether cards stand beside them.
import { isNarrow } from "./page.js";

/** The passages on the screen and near it. */
export const near = new Set();

/** Whether cards stand beside what they are about, not in a list of their own. */
export function isAligned() {
  return document.getElementById("cards")?.dataset.tab === "text" && !isNarrow();
}
