// Copying words with their citation: title, source, date, and a link fixed to the state that was read.
import { key, on, toast } from "../core.js";
import { menuPassage } from "./marking.js";
import { passages, text, wordsOf } from "./page.js";
import { currentPart, currentSpans } from "./popover.js";

const GAP = "\n\n"; // between passages, as in the plain text

/** The words of a passage after the name of who begins to speak with it. */
function turnOf(passage) {
  const words = wordsOf(passage)?.textContent ?? "";
  const name = passage.querySelector(".label .speaker:not(.unnamed)")?.textContent.trim();
  const colon = text.lang.startsWith("en") ? ":" : "\u00a0:";
  return name ? `${name}${colon} ${words}` : words;
}

function wordsIn(all) {
  return all.map((passage) => wordsOf(passage)?.textContent ?? "").join(GAP);
}

/** What is copied, and the fragment of its address; null where there is nothing. */
const PARTS = {
  article: () => ({ said: passages().map(turnOf).join(GAP), anchor: "" }),
  passage: () => {
    const passage = menuPassage();
    return passage && { said: wordsIn([passage]), anchor: `#${passage.id}` };
  },
  selection: () => {
    const spans = currentSpans();
    return spans.length > 0 && { said: spans.map((span) => span.exact).join(GAP), anchor: `#p${spans[0].passage}` };
  },
};

function cited({ said, anchor }) {
  const address = new URL(`${text.dataset.address}?at=${text.dataset.version}${anchor}`, location.href).href;
  return `${said}${GAP}— ${text.dataset.citation}\n${address}\n`;
}

async function copy(part) {
  const found = PARTS[part]();
  if (!found) return;
  try {
    await navigator.clipboard.writeText(cited(found));
    toast(text.dataset.quoted);
  } catch {
    toast(document.getElementById("toasts").dataset.failed, { level: "error" });
  }
}

/** Listen: buttons, and the key while words are selected. */
export function watchCopying() {
  on("click", "button[data-copy]", (_event, button) => {
    button.closest("[popover=auto], #mark-menu")?.hidePopover();
    copy(button.dataset.copy);
  });
  key("copy_quote", () => {
    if (currentPart() !== "bar") return false;
    copy("selection");
    return true;
  });
}
