// A form's text, kept in this browser while it is typed and offered again after a lost connection or an expired session.
// One entry for each account and form; files are not kept. A draft that was sent is forgotten only when the server says
// that it arrived (page.js).

const PREFIX = "sinergi-draf:";
const account = () => document.body.dataset.account ?? "";
const skipped = new Set(["csrfmiddlewaretoken", "version", "aksi"]);

const storage = {
  get(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
  set(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); return true; } catch { return false; } },
  remove(key) { try { localStorage.removeItem(key); } catch { /* nothing was kept */ } },
};

export function keyOf(form) {
  return `${PREFIX}${account()}:${form.dataset.draft}`;
}

export function entriesOf(form) {
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !skipped.has(name));
}

export function save(form) {
  return storage.set(keyOf(form), { at: Date.now(), version: form.dataset.version, entries: entriesOf(form) });
}

export function load(form) {
  const draft = storage.get(keyOf(form));
  return draft && Array.isArray(draft.entries) ? draft : null;
}

export function discard(form) {
  storage.remove(keyOf(form));
}

export function markSent(form) {
  storage.set(`${PREFIX}${account()}:terkirim`, keyOf(form));
}

export function forgetSent() {
  const marker = `${PREFIX}${account()}:terkirim`;
  const key = storage.get(marker);
  if (key) storage.remove(key);
  storage.remove(marker);
}
