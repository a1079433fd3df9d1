// What every page does: take the reader to the message, and let go of a draft that has arrived.
import { forgetSent } from "./drafts.js";

const message = document.querySelector("#conflict, #error-summary");
message?.focus();
if (document.querySelector("[data-draft-sent]")) forgetSent();
for (const toast of document.querySelectorAll(".s-toast")) setTimeout(() => toast.close(), 12000);
