// The page of a trip: the pages of its libraries are prepared for a time without a signal.
import { bindPrepare } from "./prepare.js";

bindPrepare(document.querySelector("[data-prepare]"));
