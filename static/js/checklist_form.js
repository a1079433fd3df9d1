// The questions of a checklist: added, moved and taken away without a round trip, and their draft.
import { bindForm, clearBoxes, put } from "./form_queue.js";
import { addRow, removeRow, visibleRows } from "./rows.js";

const form = document.querySelector("#questions-form");
const section = form.querySelector("[data-rows]");
const STALE = "Draf ini sudah disimpan lagi sesudahnya; periksa setelah memulihkan.";
const { keep, offer } = bindForm(form, { restore, stale: STALE });
const part = (row, name) => row.querySelector(`[name$='-${name}']`);

// The order is what is sent, whichever way the rows were moved about.
function number() {
  visibleRows(section).forEach((row, n) => {
    part(row, "order").value = n;
    for (const mark of row.querySelectorAll("[data-number]")) mark.textContent = n + 1;
  });
}

function move(row, step, button) {
  const rows = visibleRows(section);
  const other = rows[rows.indexOf(row) + step];
  if (!other) return;
  if (step < 0) other.before(row);
  else other.after(row);
  button.focus();
}

function add() {
  const last = visibleRows(section).at(-1);
  const row = addRow(section);
  if (last) part(row, "section").value = part(last, "section").value;
  return row;
}

form.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=aksi]");
  const row = button?.closest("[data-row]");
  if (!button || button.value === "simpan") return;
  event.preventDefault();
  if ("add" in button.dataset) part(add(), "text").focus();
  else if ("naik" in button.dataset) move(row, -1, button);
  else if ("turun" in button.dataset) move(row, 1, button);
  else {
    removeRow(row);
    form.querySelector("[data-add]").focus();
  }
  number();
  keep();
});

form.addEventListener("input", (event) => {
  if (!event.target.name?.endsWith("-text")) return;
  event.target.closest("[data-row]").querySelector("[data-title]").textContent = event.target.value || "Pertanyaan baru";
});

function restore(draft) {
  const total = section.querySelector("[name$=TOTAL_FORMS]");
  const wanted = Number(draft.entries.find(([name]) => name === total.name)?.[1] ?? 0);
  while (Number(total.value) < wanted) add();
  clearBoxes(form);
  for (const entry of draft.entries) if (entry[0] !== total.name) put(form, entry);
  const rows = [...section.querySelectorAll("[data-row]")];
  for (const row of rows) row.hidden = part(row, "DELETE").value === "on";
  rows.sort((a, b) => part(a, "order").value - part(b, "order").value);
  for (const row of rows) {
    section.querySelector("template").before(row);
    row.querySelector("[data-title]").textContent = part(row, "text").value || "Pertanyaan baru";
  }
  number();
  keep();
}

offer();
