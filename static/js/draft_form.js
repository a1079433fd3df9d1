// What every form with data-draft does: its text is kept in this browser and offered again, leaving with it unsent asks
// first, and it is sent once at a time. The page has the offer and, in the form, the sign (components/draft_*.html).
import * as drafts from "./drafts.js";

const days = new Intl.DateTimeFormat("id-ID", { weekday: "long", day: "numeric", month: "long", year: "numeric" });
const clock = (time) => new Date(time).toLocaleTimeString("id-ID", { hour: "2-digit", minute: "2-digit" }).replace(":", ".");
const STALE = "Data ini sudah disimpan lagi sesudahnya; periksa setelah memulihkan.";

// Put one entry of a draft into its fields. What was chosen from a list that has it no longer is added to the list.
export function put(form, [name, value, words]) {
  for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
    if (field.type === "radio" || field.type === "checkbox") field.checked ||= field.value === value;
    else if (field.type === "file" || name === "idempotency_key") continue;
    else {
      if (words && field.options && ![...field.options].some((one) => one.value === value)) field.add(new Option(words, value));
      field.value = value;
      if (value && field.type !== "hidden") field.closest("details")?.setAttribute("open", "");
    }
  }
}

// The key of the first sending goes along, so that what arrived after all is not stored twice.
export function putKey(form, draft) {
  const key = draft.entries.find(([name]) => name === "idempotency_key");
  if (key && form.elements.idempotency_key) form.elements.idempotency_key.value = key[1];
}

export function clearBoxes(form) {
  for (const box of form.querySelectorAll("[type=radio], [type=checkbox]")) box.checked = false;
}

function restoreFields(form, draft) {
  clearBoxes(form);
  const hidden = (name) => [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)].some((field) => field.type === "hidden");
  for (const entry of draft.entries) if (!hidden(entry[0])) put(form, entry);
  putKey(form, draft);
  for (const field of form.elements) if (field.type === "date") field.dispatchEvent(new Event("change", { bubbles: true }));
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

// `restore` puts a draft back where that takes more than filling in fields. Gives back `keep`: something was changed.
export function keepDraft(form, { restore = (draft) => restoreFields(form, draft), stale = STALE } = {}) {
  const first = JSON.stringify(drafts.entriesOf(form));
  const isChanged = () => JSON.stringify(drafts.entriesOf(form)) !== first || [...form.querySelectorAll("[type=file]")].some((field) => field.files.length);
  let touched = false;
  let sending = false;
  let pending = null; // an earlier draft that is offered and not answered yet
  let timer;

  function sign(text, offline = false) {
    for (const mark of form.querySelectorAll("[data-draft-sign]")) {
      mark.hidden = false;
      mark.textContent = text;
      mark.classList.toggle("s-draft--offline", offline);
    }
  }

  function announce(text, offline) {
    sign(text, offline);
    const told = form.querySelector("[data-connection]");
    if (told) told.textContent = text;
  }

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

  function offer() {
    if ("shown" in form.dataset) { // this page already holds what was typed
      touched = true;
      drafts.keepSent();
      return;
    }
    const resumed = drafts.takeResumed(form);
    pending = resumed ?? drafts.waiting(form);
    if (!pending) return;
    const { draft, second } = pending;
    const box = document.querySelector("#draft-offer");
    const at = new Date(draft.at);
    const answered = () => { pending = null; box.hidden = true; };
    if (JSON.stringify(draft.entries) === first) { pending = null; return; }
    if (resumed) { answered(); restore(draft); return; }
    box.querySelector("[data-draft-time]").textContent = `${days.format(at)} pukul ${clock(at)}`;
    if (form.dataset.version && draft.version !== form.dataset.version) box.querySelector("p").append(` ${stale}`);
    box.querySelector("[data-draft-restore]").onclick = () => { answered(); restore(draft); form.querySelector("h1")?.scrollIntoView(); };
    box.querySelector("[data-draft-discard]").onclick = () => { answered(); drafts.discard(form, second); keepNow(); };
    box.hidden = false;
  }

  form.addEventListener("input", keep);
  addEventListener("pagehide", keepNow);
  document.addEventListener("visibilitychange", keepNow);

  // One sending at a time: a second tap while the first is under way does nothing.
  // After 20 seconds, or when the page comes back, one may try again.
  form.addEventListener("submit", (event) => {
    if (sending) { event.preventDefault(); return; }
    sending = true;
    setTimeout(() => { sending = false; }, 20000);
    touched ||= isChanged();
    keepNow();
    drafts.markSent(form, pending !== null && !pending.second);
    announce(navigator.onLine ? "Mengirim…" : "Tidak ada sinyal; draf aman di perangkat ini", !navigator.onLine);
  });
  addEventListener("pageshow", (event) => {
    sending = false;
    if (event.persisted) touched = false; // Back after sending: what this page held has arrived
  });

  let stepsAside = false;
  function stepAside(event) {
    if (!touched || !event.target.closest("form[data-resume], a[data-resume]")) return;
    stepsAside = true;
    setTimeout(() => { stepsAside = false; }, 2000);
    keepNow();
    drafts.resumeLater(form, pending !== null && !pending.second);
  }
  document.addEventListener("submit", stepAside);
  document.addEventListener("click", stepAside);
  addEventListener("beforeunload", (event) => {
    const unsent = touched && ("shown" in form.dataset || isChanged());
    if (unsent && !sending && !stepsAside && !drafts.isClosed()) event.preventDefault();
  });

  addEventListener("offline", () => { if (touched) announce("Sinyal terputus; draf aman di perangkat ini", true); });
  addEventListener("online", () => { if (touched) announce("Tersambung kembali; kirim bila siap", false); });
  return { keep, offer };
}
