// Making an annotation of words: it shows at once, and for good when the server has it.
import { goOnAfter } from "./caret.js";
import { activate } from "./marks.js";
import { announce, box, words } from "./page.js";
import { paint, wipe } from "./paint.js";
import { close, currentPart, turn } from "./popover.js";
import { caughtUp, track } from "./replaced.js";
import { rangesOf, unselect } from "./selection.js";
import { send } from "./send.js";

let sent = 0;

/** Make an annotation of spans; what is made shows at once, and for good when the server has it.
    Resolves with the answer and `since`, the turn in which it was sent. */
export async function make(spans, values) {
  sent += 1;
  const since = turn();
  const name = values.motivation === "highlighting" ? "said-highlight" : "said-now";
  paint(name, rangesOf(spans));
  const mine = sent;
  const sending = caughtUp(spans).then((said) => send(box.dataset.create, { ...values, spans: JSON.stringify(said) }));
  const answer = await track(sending);
  if (mine === sent) wipe(name);
  return { ...answer, since };
}

/** After an act: the annotation made stands out, a screen reader hears of it, and the caret goes on
    behind `spans`; but where the person has gone on `since`, nothing moves. */
export function done(id, spans, since) {
  announce(words("saved"));
  if (turn() !== since) return;
  if (id) activate(id, { scroll: false });
  if (spans.length === 0) return;
  if (currentPart() !== "") {
    close();
    unselect();
  }
  goOnAfter(spans);
}
