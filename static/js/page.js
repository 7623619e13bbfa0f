// The scripts of every page.
import "./keys.js";
import "./look.js";
import { watchToasts } from "./toast.js";

watchToasts();
