// The scripts of every page.
import "./details.js";
import "./faults.js";
import "./keys.js";
import "./look.js";
import { watchSaved } from "./saved.js";
import { watchToasts } from "./toast.js";

watchToasts();
watchSaved();
