// The meeting form: rows without a round trip, counts in the margin, and its draft.
import { sayDates } from "./date_words.js";
import { bindForm, clearBoxes, put } from "./form_queue.js";
import { addRowsOf, handleRowButton, hideRemovedRows, visibleRows } from "./rows.js";

const form = document.querySelector("#meeting-form");
const STALE = "Rapat ini sudah disimpan lagi sesudahnya; periksa setelah memulihkan.";
const { keep, offer } = bindForm(form, { restore, stale: STALE });

function count() {
  for (const section of form.querySelectorAll("[data-rows]")) {
    const mark = form.querySelector(`[data-count=${section.dataset.rows}]`);
    if (mark) mark.textContent = visibleRows(section).length;
  }
  const members = form.querySelectorAll("#roster fieldset").length;
  const present = form.querySelectorAll("#roster [value=present]:checked").length;
  const mark = form.querySelector("[data-count=kehadiran]"); // not where people are invited
  if (mark) mark.textContent = `${present} dari ${members}`;
}

form.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if ("allPresent" in button.dataset) {
    event.preventDefault();
    for (const person of form.querySelectorAll("#kehadiran .s-presence")) {
      if (!person.querySelector(":checked")) person.querySelector("[value=present]").checked = true;
    }
  } else if (!handleRowButton(event, button)) return;
  count();
  keep();
});

form.addEventListener("change", (event) => {
  const field = event.target;
  if (field.getAttribute("list") === "known-guests") fillGuest(field);
  count();
});

function fillGuest(field) {
  const known = [...document.querySelectorAll("#known-guests option")].filter((option) => option.value === field.value);
  if (known.length !== 1) return;
  const row = field.closest("[data-row]");
  for (const part of ["position", "institution"]) {
    const input = row.querySelector(`[name$='-${part}']`);
    if (!input.value) input.value = known[0].dataset[part];
  }
}

// Who may be chosen follows the day, as the roster does.
function refreshPeople() {
  const people = [...form.querySelectorAll("#people-of-the-day option")];
  const selects = [...form.querySelectorAll("select[name=chair], select[name=note_taker], select[name$=person_in_charge]")];
  for (const template of form.querySelectorAll("template")) selects.push(...template.content.querySelectorAll("select[name$=person_in_charge]"));
  for (const select of selects) {
    const chosen = select.value;
    select.replaceChildren(select.options[0], ...people.map((person) => new Option(person.textContent, person.value)));
    select.value = people.some((person) => person.value === chosen) ? chosen : "";
  }
}

// Rows are added one by one, so their number is not put back.
function fill(entry) {
  if (!entry[0].endsWith("-TOTAL_FORMS")) put(form, entry);
}

function restore(draft) {
  addRowsOf(form, draft);
  clearBoxes(form); // of the rows just added too: a guest who was not marked stays so
  draft.entries.forEach(fill);
  for (const [, value] of draft.entries.filter(([name]) => name === "lampiran")) {
    if ([...form.querySelectorAll("[name=lampiran]")].some((field) => field.value === value)) continue;
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: "lampiran", value });
    form.append(field);
  }
  hideRemovedRows(form);
  const day = form.querySelector("#id_day");
  const roster = draft.entries.filter(([name]) => name.startsWith("hadir-"));
  const missing = roster.filter(([name]) => !form.querySelector(`[name="${CSS.escape(name)}"]`));
  if (missing.length && !navigator.onLine) { // the roster of that day cannot be fetched: what was ticked goes along unseen
    for (const [name, value] of missing) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    keep();
  } else if (missing.length) {
    document.body.addEventListener("htmx:afterSettle", () => { draft.entries.forEach(fill); count(); keep(); }, { once: true });
    day.dispatchEvent(new Event("change", { bubbles: true }));
  } else keep();
  sayDates(form);
  count();
}

document.body.addEventListener("htmx:afterSettle", () => { refreshPeople(); count(); });

// htmx fetches the roster of another day. It weighs as much as all other scripts of this page together, and most meetings
// keep their day: it comes with the first change, once the page is complete (htmx reads its settings only then).
function loadHtmx({ target: day }) {
  const script = Object.assign(document.createElement("script"), { src: form.dataset.htmx });
  script.onload = () => htmx.trigger(day, "change");
  script.onerror = waitForTheDay; // a weak line: the next change tries again
  document.head.append(script);
}
function waitForTheDay() {
  const whenComplete = (event) => (document.readyState === "complete" ? loadHtmx(event) : addEventListener("load", () => loadHtmx(event)));
  form.querySelector("#id_day").addEventListener("change", whenComplete, { once: true });
}
if (form.dataset.htmx) waitForTheDay();
// A date typed before the scripts had arrived: the roster catches up.
addEventListener("load", () => {
  const day = form.querySelector("#id_day");
  if (day.value && day.value !== document.querySelector("#roster").dataset.day) day.dispatchEvent(new Event("change", { bubbles: true }));
});
count();
offer();
