// The page of a trip: its pages are made ready for a time without a signal.
import { bindPrepare } from "./prepare.js";

const form = document.querySelector("form[data-prepare]");
if (form) bindPrepare(form);
