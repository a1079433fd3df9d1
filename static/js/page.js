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

// The search: its script comes with the first turn to one of its fields, "/" leads to the one that is there.
document.addEventListener("focusin", async ({ target }) => {
  const field = target.closest("[data-search]");
  if (field) (await import("./search.js")).start(field);
});
document.addEventListener("keydown", (event) => {
  const writes = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || writes || document.querySelector("dialog[open]")) return;
  const fields = [...document.querySelectorAll("[data-search]")];
  const drawer = document.querySelector("#search-drawer");
  let field = fields.find((one) => one.checkVisibility());
  if (!field && drawer) {
    drawer.showPopover();
    field = drawer.querySelector("[data-search]");
  }
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});
sayDates(); // what the browser itself put back into a form
