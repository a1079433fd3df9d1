// The form of a training: rows of participants without a round trip, and its draft.
import { sayDates } from "./date_words.js";
import { bindForm, clearBoxes, put } from "./form_queue.js";
import { addRowsOf, handleRowButton, hideRemovedRows } from "./rows.js";

const form = document.querySelector("form[data-draft]");
const { keep, offer } = bindForm(form, { restore });

form.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button && handleRowButton(event, button)) keep();
});

function restore(draft) {
  addRowsOf(form, draft);
  clearBoxes(form);
  for (const entry of draft.entries) if (!entry[0].endsWith("-TOTAL_FORMS")) put(form, entry); // rows are added one by one
  hideRemovedRows(form);
  sayDates(form);
  keep();
}

offer();
