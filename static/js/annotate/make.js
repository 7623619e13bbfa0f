// Making an annotation of words: it shows at once, and for good when the server has it.
import { goOnAfter } from "./caret.js";
import { activate } from "./marks.js";
import { announce, box, words } from "./page.js";
import { paint, wipe } from "./paint.js";
import { close, currentPart } from "./popover.js";
import { caughtUp } from "./replaced.js";
import { rangesOf, unselect } from "./selection.js";
import { send } from "./send.js";

let sent = 0;

/** Make an annotation of spans; what is made shows at once, and for good when the server has it. */
export async function make(spans, values) {
  sent += 1;
  const name = values.motivation === "highlighting" ? "said-highlight" : "said-now";
  paint(name, rangesOf(spans));
  const mine = sent;
  const said = await caughtUp(spans);
  const answer = await send(box.dataset.create, { ...values, spans: JSON.stringify(said) });
  if (mine === sent) wipe(name);
  return answer;
}

/** After an act: the annotation made stands out, and a screen reader hears of it. */
export function done(id, spans) {
  if (currentPart() !== "") {
    close();
    unselect();
  }
  if (id) activate(id, { scroll: false });
  announce(words("saved"));
  goOnAfter(spans);
}
