// What every page does: take the reader to the message, and let go of a draft that has arrived, or of all at signing out.
import { anyWaiting, forgetAll, forgetSent } from "./drafts.js";

const message = document.querySelector("#conflict, #error-summary");
message?.focus();
if (document.querySelector("[data-draft-sent]")) forgetSent();
for (const toast of document.querySelectorAll(".s-toast")) setTimeout(() => toast.close(), 12000);

const UNSENT = "Ada isian yang belum terkirim di perangkat ini. Bila Anda keluar, isian itu dibuang. Keluar?";
document.querySelector("[data-sign-out]")?.addEventListener("submit", (event) => {
  if (anyWaiting() && !confirm(UNSENT)) event.preventDefault();
  else forgetAll();
});
