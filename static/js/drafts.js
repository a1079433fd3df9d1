// A form's text, kept in this browser while it is typed and offered again after a lost connection or an expired session.
// For each account and form there are two places: while an earlier draft still waits for an answer, what is typed goes to
// the second, so that neither overwrites the other. Files are not kept. A draft that was sent is forgotten only when the
// server says that it arrived (page.js); whoever signs out leaves none behind.

const PREFIX = "sinergi-draf:";
const account = () => document.body.dataset.account ?? "";
const skipped = new Set(["csrfmiddlewaretoken", "version", "aksi"]);
const own = () => `${PREFIX}${account()}:`;
const marker = () => `${own()}terkirim`;
const resumed = () => `${own()}lanjut`;

let closed = false;

const storage = {
  get(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
  set(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); return true; } catch { return false; } },
  remove(key) { try { localStorage.removeItem(key); } catch { /* nothing was kept */ } },
  keys() { try { return Object.keys(localStorage); } catch { return []; } },
};

const keyOf = (form, second) => `${own()}${form.dataset.draft}${second ? ":2" : ""}`;

// [name, value], and of what was chosen from a list its words too: the list may be another when the draft comes back.
export function entriesOf(form) {
  return [...new FormData(form)]
    .filter(([name, value]) => typeof value === "string" && !skipped.has(name))
    .map(([name, value]) => {
      const field = form.elements[name];
      return field instanceof HTMLSelectElement && value ? [name, value, field.selectedOptions[0].text] : [name, value];
    });
}

export function save(form, second = false) {
  return !closed && storage.set(keyOf(form, second), { at: Date.now(), version: form.dataset.version, entries: entriesOf(form) });
}

// The draft that waits: {draft, second} or null.
export function waiting(form) {
  for (const second of [false, true]) {
    const draft = storage.get(keyOf(form, second));
    if (draft && Array.isArray(draft.entries)) return { draft, second };
  }
  return null;
}

export function discard(form, second = false) {
  storage.remove(keyOf(form, second));
}

export function markSent(form, second = false) {
  storage.set(marker(), keyOf(form, second));
}

export function forgetSent() {
  const key = storage.get(marker());
  if (key) storage.remove(key);
  storage.remove(marker());
}

// The form is on the page again instead: what was sent has not arrived.
export function keepSent() {
  storage.remove(marker());
}

// A step aside that leads back to the form (another list to choose from): its draft is taken up again without a question.
export function resumeLater(form, second = false) {
  storage.set(resumed(), keyOf(form, second));
}

// The draft with which one stepped aside: {draft, second}, once, or null.
export function takeResumed(form) {
  const key = storage.get(resumed());
  const second = key === keyOf(form, true);
  if (!second && key !== keyOf(form, false)) return null;
  storage.remove(resumed());
  const draft = storage.get(key);
  return draft && Array.isArray(draft.entries) ? { draft, second } : null;
}

export function anyWaiting() {
  return storage.keys().some((key) => key.startsWith(own()) && key !== marker() && key !== resumed());
}

// From here on this page keeps nothing any more.
export function forgetAll() {
  closed = true;
  for (const key of storage.keys()) if (key.startsWith(own())) storage.remove(key);
}

export const isClosed = () => closed;
