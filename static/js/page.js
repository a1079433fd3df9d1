// What every page does: take the reader to the message, show the tab that one is on, say dates in words, let go of a
// draft that has arrived, and of prepared pages at signing out; what waits is kept.
import { sayDates } from "./date_words.js";
import { forgetSent } from "./queue.js";
import "./offline.js";

const message = document.querySelector("#conflict, #error-summary");
message?.focus();
if (document.querySelector("[data-draft-sent]")) forgetSent();
for (const toast of document.querySelectorAll(".s-toast")) setTimeout(() => toast.close(), 12000);
document.querySelector("[data-sign-out]")?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const { signOut } = await import("./sign_out.js");
  signOut(event.target);
});
// On a phone the current tab may stand beyond the edge of its row, and again when the phone is turned. Only the row moves,
// not the page.
function showTabs() {
  for (const tab of document.querySelectorAll(".s-tabs [aria-current]")) {
    const row = tab.closest(".s-tabs");
    const [of, within] = [tab.getBoundingClientRect(), row.getBoundingClientRect()];
    row.scrollLeft += of.left - within.left - (within.width - of.width) / 2;
  }
}
showTabs();
matchMedia("(orientation: portrait)").addEventListener("change", showTabs);
sayDates(); // what the browser itself put back into a form
