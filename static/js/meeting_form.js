// The meeting form: rows without a round trip, counts in the margin, the draft, and one sending at a time.
import { sayDates } from "./date_words.js";
import * as drafts from "./drafts.js";
import { addRow, removeRow, visibleRows } from "./rows.js";

const form = document.querySelector("#meeting-form");
const days = new Intl.DateTimeFormat("id-ID", { weekday: "long", day: "numeric", month: "long", year: "numeric" });
const clock = (time) => new Date(time).toLocaleTimeString("id-ID", { hour: "2-digit", minute: "2-digit" }).replace(":", ".");
let touched = false;
let pending = null; // an earlier draft that is offered and not answered yet

function count() {
  for (const section of form.querySelectorAll("[data-rows]")) {
    const mark = form.querySelector(`[data-count=${section.dataset.rows}]`);
    if (mark) mark.textContent = visibleRows(section).length;
  }
  const members = form.querySelectorAll("#roster fieldset").length;
  const present = form.querySelectorAll("#roster [value=present]:checked").length;
  form.querySelector("[data-count=kehadiran]").textContent = `${present} dari ${members}`;
}

function sign(text, offline = false) {
  for (const mark of form.querySelectorAll("[data-draft-sign]")) {
    mark.hidden = false;
    mark.textContent = text;
    mark.classList.toggle("s-draft--offline", offline);
  }
}

function announce(text, offline) {
  sign(text, offline);
  form.querySelector("[data-connection]").textContent = text;
}

let timer;
function keep() {
  touched = true;
  clearTimeout(timer);
  timer = setTimeout(keepNow, 400);
}
function keepNow() {
  clearTimeout(timer);
  if (!touched) return;
  if (!drafts.save(form, pending !== null && !pending.second)) return;
  if (pending === null) drafts.discard(form, true);
  sign(`Draf tersimpan ${clock(Date.now())} di perangkat ini`, !navigator.onLine);
}

form.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.add) {
    event.preventDefault();
    const row = addRow(form.querySelector(`[data-rows=${button.dataset.add}]`));
    row.querySelector("input:not([type=hidden]), textarea, select").focus();
  } else if ("remove" in button.dataset) {
    event.preventDefault();
    const section = button.closest("[data-rows]");
    removeRow(button.closest("[data-row]"));
    form.querySelector(`[data-add=${section.dataset.rows}]`).focus();
  } else if ("allPresent" in button.dataset) {
    event.preventDefault();
    for (const member of form.querySelectorAll("#roster fieldset")) {
      if (!member.querySelector(":checked")) member.querySelector("[value=present]").checked = true;
    }
  } else return;
  count();
  keep();
});

form.addEventListener("input", keep);
form.addEventListener("change", (event) => {
  const field = event.target;
  if (field.getAttribute("list") === "known-guests") fillGuest(field);
  count();
});
addEventListener("pagehide", keepNow);
document.addEventListener("visibilitychange", keepNow);

function fillGuest(field) {
  const known = [...document.querySelectorAll("#known-guests option")].filter((option) => option.value === field.value);
  if (known.length !== 1) return;
  const row = field.closest("[data-row]");
  for (const part of ["position", "institution"]) {
    const input = row.querySelector(`[name$='-${part}']`);
    if (!input.value) input.value = known[0].dataset[part];
  }
}

// One sending at a time: a second tap while the first is under way does nothing.
// After 20 seconds, or when the page comes back, one may try again.
let sending = false;
form.addEventListener("submit", (event) => {
  if (sending) { event.preventDefault(); return; }
  sending = true;
  setTimeout(() => { sending = false; }, 20000);
  touched = true;
  keepNow();
  drafts.markSent(form, pending !== null && !pending.second);
  announce(navigator.onLine ? "Mengirim…" : "Tidak ada sinyal; draf aman di perangkat ini", !navigator.onLine);
});
addEventListener("pageshow", (event) => {
  sending = false;
  if (event.persisted) touched = false; // Back after sending: what this page held has arrived
});

function put([name, value]) {
  if (name.endsWith("-TOTAL_FORMS")) return; // the rows were added one by one
  const fields = [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
  for (const field of fields) {
    if (field.type === "radio" || field.type === "checkbox") field.checked ||= field.value === value;
    else if (field.type !== "file" && field.name !== "client_key") field.value = value;
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

function restore(draft) {
  for (const box of form.querySelectorAll("[type=radio], [type=checkbox]")) box.checked = false;
  for (const section of form.querySelectorAll("[data-rows]")) {
    const wanted = Number(draft.entries.find(([name]) => name === `${section.dataset.rows}-TOTAL_FORMS`)?.[1] ?? 0);
    while (Number(section.querySelector("[name$=TOTAL_FORMS]").value) < wanted) addRow(section);
  }
  draft.entries.forEach(put);
  const key = draft.entries.find(([name]) => name === "client_key");
  if (key && form.elements.client_key) form.elements.client_key.value = key[1];
  for (const [, value] of draft.entries.filter(([name]) => name === "lampiran")) {
    if ([...form.querySelectorAll("[name=lampiran]")].some((field) => field.value === value)) continue;
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: "lampiran", value });
    form.append(field);
  }
  for (const mark of form.querySelectorAll("[name$='-DELETE']")) {
    const row = mark.closest("[data-row]");
    if (row) row.hidden = mark.value === "on";
  }
  const day = form.querySelector("#id_day");
  const roster = draft.entries.filter(([name]) => name.startsWith("hadir-"));
  if (roster.some(([name]) => !form.querySelector(`[name="${CSS.escape(name)}"]`))) {
    document.body.addEventListener("htmx:afterSettle", () => { draft.entries.forEach(put); count(); keep(); }, { once: true });
    day.dispatchEvent(new Event("change", { bubbles: true }));
  } else keep();
  sayDates(form);
  count();
}

function offer() {
  if ("shown" in form.dataset) { touched = true; return; } // this page already holds what was typed
  pending = drafts.waiting(form);
  if (!pending) return;
  const { draft, second } = pending;
  if (JSON.stringify(draft.entries) === JSON.stringify(drafts.entriesOf(form))) { pending = null; return; }
  const box = document.querySelector("#draft-offer");
  const at = new Date(draft.at);
  box.querySelector("[data-draft-time]").textContent = `${days.format(at)} pukul ${clock(at)}`;
  if (form.dataset.version && draft.version !== form.dataset.version) box.querySelector("p").append(" Rapat ini sudah disimpan lagi sesudahnya; periksa setelah memulihkan.");
  const answered = () => { pending = null; box.hidden = true; };
  box.querySelector("[data-draft-restore]").onclick = () => { answered(); restore(draft); form.querySelector("h1").scrollIntoView(); };
  box.querySelector("[data-draft-discard]").onclick = () => { answered(); drafts.discard(form, second); keepNow(); };
  box.hidden = false;
}

document.body.addEventListener("htmx:afterSettle", () => { refreshPeople(); count(); });
// A date typed before the scripts had arrived: the roster catches up.
addEventListener("load", () => {
  const day = form.querySelector("#id_day");
  if (day.value && day.value !== document.querySelector("#roster").dataset.day) day.dispatchEvent(new Event("change", { bubbles: true }));
});
addEventListener("offline", () => announce("Sinyal terputus; draf aman di perangkat ini", true));
addEventListener("online", () => announce("Tersambung kembali; kirim bila siap", false));
count();
offer();
