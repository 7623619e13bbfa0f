// The sign-in link that an admin hands on: one click copies it.
import { on, toast } from "./core.js";

on("click", "[data-copies]", async (_event, button) => {
  const field = document.getElementById(button.dataset.copies);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    toast(button.dataset.copied);
  } catch {
    // No clipboard without https: the link is selected, Ctrl-C takes it.
  }
});
