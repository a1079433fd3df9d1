// A form's text, kept in this browser while it is typed and offered again after a lost connection or an expired session.
// For each account and form there are two places: while an earlier draft still waits for an answer, what is typed goes to
// the second, so that neither overwrites the other. Files are not kept. A draft that was sent is forgotten only when the
// server says that it arrived (page.js).

const PREFIX = "sinergi-draf:";
const account = () => document.body.dataset.account ?? "";
const skipped = new Set(["csrfmiddlewaretoken", "version", "aksi"]);
const marker = () => `${PREFIX}${account()}:terkirim`;

const storage = {
  get(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
  set(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); return true; } catch { return false; } },
  remove(key) { try { localStorage.removeItem(key); } catch { /* nothing was kept */ } },
};

const keyOf = (form, second) => `${PREFIX}${account()}:${form.dataset.draft}${second ? ":2" : ""}`;

export function entriesOf(form) {
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !skipped.has(name));
}

export function save(form, second = false) {
  return storage.set(keyOf(form, second), { at: Date.now(), version: form.dataset.version, entries: entriesOf(form) });
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
