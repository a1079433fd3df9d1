// The form of a visit: rows and last answers without a round trip, counts in the margin, and its draft.
import { sayDates } from "./date_words.js";
import { bindForm, clearBoxes, put } from "./form_queue.js";
import { bindPhotos } from "./photo.js";
import { addRowsOf, handleRowButton, hideRemovedRows, visibleRows } from "./rows.js";

const form = document.querySelector("#visit-form");
const STALE = "Kunjungan ini sudah disimpan lagi sesudahnya; periksa setelah memulihkan.";
const queued = bindForm(form, { restore, stale: STALE });
const { keep, offer } = queued;

const isAnswered = (ask) => [...ask.querySelectorAll("input, textarea")].some((field) => {
  return field.type === "radio" || field.type === "checkbox" ? field.checked : field.value.trim();
});

function write(name, text) {
  for (const mark of form.querySelectorAll(`[data-count=${name}]`)) mark.textContent = text;
}

function count() {
  for (const section of form.querySelectorAll("[data-rows]")) write(section.dataset.rows, visibleRows(section).length);
  const asked = [...form.querySelectorAll("[data-ask]")];
  const answers = `${asked.filter(isAnswered).length} dari ${asked.length}`;
  write("periksa", answers);
  write("periksa-dijawab", answers);
  const open = [...form.querySelectorAll("#rekomendasi fieldset")];
  const done = open.filter((one) => one.querySelector(":checked") && one.querySelector("input.form-control").value.trim());
  write("rekomendasi", `${done.length} dari ${open.length}`);
  write("rekomendasi-dijawab", `${done.length} dari ${open.length} dijawab`);
  // A new day is asked for only of what stays open.
  for (const one of open) one.querySelector("[data-due]").hidden = one.querySelector("[value=open]").checked === false;
}

function takeOver(button) {
  const ask = button.closest("[data-ask]");
  const values = JSON.parse(button.dataset.same);
  for (const field of ask.querySelectorAll("input, textarea")) {
    if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
    else [field.value] = values;
  }
  ask.querySelector("input:checked, input:not([type=radio]), textarea").focus();
}

form.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.same) {
    event.preventDefault();
    takeOver(button);
  } else if (!handleRowButton(event, button)) return;
  count();
  keep();
});
form.addEventListener("input", count);
const stored = form.querySelectorAll("#foto .s-gallery li").length;
form.addEventListener("photos", ({ detail }) => { write("foto", stored + detail); write("foto-semua", stored + detail); });

function fill(entry) {
  if (!entry[0].endsWith("-TOTAL_FORMS")) put(form, entry); // rows are added one by one
}

function restore(draft) {
  addRowsOf(form, draft);
  clearBoxes(form);
  draft.entries.forEach(fill);
  hideRemovedRows(form);
  count();
  keep();
}

// A prepared page may be days old: a new visit begins on the day of this device.
const day = form.querySelector("#id_visited_on");
const today = new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 10);
if (form.elements.idempotency_key && !("shown" in form.dataset) && day.value < today) {
  day.value = today;
  sayDates(form);
}
bindPhotos(queued);
count();
offer();
