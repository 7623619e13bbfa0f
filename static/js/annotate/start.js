// The reader page where people say things about the text: wires the parts together.
import { watchCaret } from "./caret.js";
import { watchCards } from "./cards.js";
import { watchCopying } from "./copy.js";
import { watchDeciding } from "./decide.js";
import { watchDrafts } from "./drafts.js";
import { watchEditing } from "./edit.js";
import { watchForms } from "./forms.js";
import { watchGestures } from "./gestures.js";
import { watchLayers } from "./layers.js";
import { watchMarking } from "./marking.js";
import { activate, marksOf, watchMarks } from "./marks.js";
import { watchMentions } from "./mentions.js";
import { box, text } from "./page.js";
import { watchPicker } from "./picker.js";
import { watchReplace } from "./replace.js";
import { watchResize } from "./resize.js";
import { watchSaying } from "./say.js";
import { watchStructure } from "./structure.js";
import { watchUndo } from "./undo.js";

/** The annotation that the address names. */
function named() {
  return location.hash.startsWith("#a-") ? location.hash.slice(3) : (text.dataset.selected ?? "");
}

function showNamed() {
  const id = named();
  if (id && marksOf(id).length > 0) activate(id);
}

if (text && box) {
  watchMarks();
  watchCards();
  watchLayers();
  watchDrafts();
  watchCopying();
  if (box.dataset.may !== undefined) watchActs();
  showNamed();
  addEventListener("hashchange", showNamed);
}

/** What only people with an account do. */
function watchActs() {
  watchForms();
  watchDeciding();
  watchGestures();
  watchCaret();
  watchSaying();
  watchPicker();
  watchReplace();
  watchResize();
  watchUndo();
  watchMentions();
  watchEditing();
  watchStructure();
  watchMarking();
}
