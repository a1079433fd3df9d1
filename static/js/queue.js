// The queue of this browser: what is typed into forms, from the first letter until the server says that it is stored.
// An item carries the key that its form sends, so it may be sent again; only JSON that repeats the key is an answer.
// States: draft, waiting, sending (its photos are on their way), attention (a person has to look), stored (a sign, 7 days).

export const account = document.body.dataset.account ?? "";
const WEEK = 7 * 24 * 3600 * 1000;
const OPEN = ["waiting", "sending"];
const WORDS = {
  0: "Menunggu sinyal.",
  302: "Masuk lagi, lalu kiriman ini berjalan sendiri.",
  200: "Jawaban yang datang bukan dari Sinergi. Periksa sambungan internet Anda.",
  401: "Akun yang masuk sekarang bukan pemilik isian ini.",
  413: "Kirimannya terlalu besar. Kurangi atau perkecil berkasnya.",
};
const told = (status) => WORDS[status] ?? (status >= 500 || status === 429 ? "Sinergi sedang terganggu." : "Kiriman ini ditolak.");
const passes = (status) => status < 402 && status !== 400 || status === 429 || status >= 500; // may go well the next time

let opened;
function database() {
  return opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open("sinergi", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("items", { keyPath: "key" });
      asked.result.createObjectStore("files", { keyPath: "id" }).createIndex("item", "item");
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

// Everything that `work` asks of the two stores is done, or nothing of it. Gives back what its request found.
async function ask(mode, work) {
  const unit = (await database()).transaction(["items", "files"], mode);
  return new Promise((resolve, reject) => {
    const found = work(unit.objectStore("items"), unit.objectStore("files"), unit);
    unit.oncomplete = () => resolve(found?.result ?? found?.item);
    unit.onabort = unit.onerror = () => reject(unit.error);
  });
}

export const newKey = () =>
  crypto.randomUUID?.() ??
  "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) => (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));

export const all = () => ask("readonly", (items) => items.getAll());
export const mine = async () => (await all()).filter((item) => item.account === account).sort((a, b) => a.begun - b.begun);
export const get = (key) => ask("readonly", (items) => items.get(key));
export const filesOf = (key) => ask("readonly", (_, files) => files.index("item").getAll(key));

// Committed at once, for the page may be about to go.
export async function put(item) {
  await ask("readwrite", (items, _, unit) => { items.put(item); unit.commit?.(); });
  if (item.state === "waiting") navigator.storage?.persist?.();
  tell(item);
}

// The files of one field of the form; "" is where its photos are, which are sent one by one.
export function putFiles(key, field, sent) {
  return ask("readwrite", (_, files) => {
    files.index("item").getAll(key).onsuccess = ({ target }) => {
      for (const old of target.result) if (old.field === field) files.delete(old.id);
      for (const one of sent) files.put({ id: one.id ?? newKey(), item: key, field, name: one.name, file: one.file ?? one });
    };
  });
}

function clear(files, key) {
  files.index("item").getAllKeys(key).onsuccess = ({ target }) => target.result.forEach((id) => files.delete(id));
}

export async function remove(key) {
  await ask("readwrite", (items, files) => { items.delete(key); clear(files, key); });
  tell({ key });
}

// Changes an item unless somebody wrote it anew meanwhile: what was typed since is not covered by an answer to before.
async function settle({ key, at }, changes, bare = false) {
  const changed = await ask("readwrite", (items, files) => {
    const held = {};
    items.get(key).onsuccess = ({ target }) => {
      if (target.result?.at !== at) return;
      held.item = { ...(bare ? {} : target.result), ...changes };
      items.put(held.item);
      if (bare) clear(files, key);
    };
    return held;
  });
  if (changed) tell(changed);
  return changed;
}

// Every page of the browser hears of a change, and shows how many wait.
const channel = "BroadcastChannel" in window && new BroadcastChannel("sinergi-queue");
function hear({ key, state, url, place, reason }) {
  document.dispatchEvent(new CustomEvent("queue", { detail: { key, state, url, place, reason } }));
  showSign();
}
function tell(item) {
  const { key, state, url, place, reason } = item;
  hear(item);
  if (channel) channel.postMessage({ key, state, url, place, reason });
}
if (channel) channel.onmessage = ({ data }) => hear(data);

async function showSign() {
  const sign = document.querySelector("[data-queue-sign]");
  if (!sign) return;
  const count = (await mine()).filter((item) => item.state === "attention" || OPEN.includes(item.state)).length;
  sign.hidden = !count;
  sign.classList.toggle("d-flex", count > 0);
  sign.querySelector("b").textContent = count;
}

async function request(url, options = {}) {
  try {
    const signal = AbortSignal.timeout?.(180000);
    const headers = { Accept: "application/json", ...options.headers };
    const answer = await fetch(url, { redirect: "manual", cache: "no-store", signal, ...options, headers });
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
    return { code: answer.type === "opaqueredirect" ? 302 : answer.status, ...(isJson ? await answer.json() : {}) };
  } catch {
    return { code: 0 };
  }
}

function post(url, token, key, entries, isOpen) {
  const body = new FormData();
  body.set("idempotency_key", key);
  for (const [name, value, file] of entries) {
    if (name === "idempotency_key") continue;
    if (file !== undefined) body.append(name, value, file);
    else body.append(name, value);
  }
  const headers = { "X-CSRFToken": token, "Queue-Account": account, ...(isOpen ? { "Queue-Open": "1" } : {}) };
  return request(url, { method: "POST", body, headers });
}

const isStored = (answer, key) => answer.key === key && answer.status === "stored";

function problemOf(answer) {
  const lines = (answer.errors ?? []).map(([label, message]) => (label ? `${label}: ${message}` : message));
  return {
    state: passes(answer.code) ? "waiting" : "attention",
    code: answer.code,
    reason: [answer.message, ...lines].filter(Boolean).join(" ") || told(answer.code),
    differences: answer.differences ?? [],
  };
}

// The form itself, then its photos one by one. Gives back the HTTP code of what went wrong, or 200.
async function sendItem(item, token, isOpen) {
  const files = await filesOf(item.key);
  const photos = files.filter((one) => one.field === "");
  let now = item;
  if (!item.photo_url) {
    const sent = files.filter((one) => one.field).map((one) => [one.field, one.file, one.name]);
    const answer = await post(item.action, token, item.key, [...item.entries.map(([name, value]) => [name, value]), ...item.extra, ...photos.map((one) => ["photo_keys", one.id]), ...sent], isOpen);
    if (!isStored(answer, item.key)) {
      await settle(item, problemOf(answer));
      return answer.code;
    }
    const arrived = { url: answer.url, photo_url: answer.photo_url ?? "", arrived: Date.now() };
    if (photos.length && answer.photo_url) now = await settle(item, { ...arrived, state: "sending", reason: "", photos: photos.length });
    else return finish(item, arrived, 0);
  }
  let refused;
  for (const photo of now ? photos : []) {
    const answer = await post(now.photo_url, token, photo.id, [["photo", photo.file, photo.name]], false);
    if (isStored(answer, photo.id)) {
      await ask("readwrite", (_, store) => store.delete(photo.id));
      tell(now);
    } else if (passes(answer.code)) {
      await settle(now, { ...problemOf(answer), state: "sending" });
      return answer.code;
    } else refused = answer;
  }
  if (refused) await settle(now, problemOf(refused));
  else if (now) await finish(now, { url: now.url, arrived: now.arrived }, now.photos);
  return 200;
}

// The sign that it arrived, without what it said.
async function finish(item, { url, arrived }, photos) {
  const { key, account, kind, title, day, begun, place } = item;
  await settle(item, { key, account, kind, title, day, begun, place, url, arrived, photos, state: "stored", at: Date.now() }, true);
  return 200;
}

async function sendAll(key, again) {
  const tried = new Set();
  const isDue = (item) => !tried.has(item.key) && (key ? item.key === key : true) && (OPEN.includes(item.state) || (again && item.state === "attention"));
  let token;
  for (;;) {
    const items = await mine();
    for (const old of items) if (old.state === "stored" && Date.now() - old.at > WEEK) await remove(old.key);
    const item = items.find(isDue);
    if (!item) return;
    tried.add(item.key);
    if (!token) {
      const who = await request("/antrean/akun/");
      token = who.token;
      if (!token || String(who.account) !== account) {
        const code = token ? 401 : who.code;
        await settle(item, { code, reason: told(code) });
        return;
      }
    }
    const code = await sendItem(item, token, key !== undefined);
    if (code < 402 && code !== 200) return; // nothing else would get through either
  }
}

// One page sends at a time. Whoever waits for the item `key`, or for its turn, waits; otherwise the page that sends already
// sends this too. `again`: what needed a look is tried once more.
export async function send({ key, again = false, wait = key !== undefined } = {}) {
  if (!account) return;
  if (!navigator.locks) return sendAll(key, again);
  return navigator.locks.request("sinergi-queue", { ifAvailable: !wait }, (lock) => lock && sendAll(key, again));
}

// What one tab remembers from a page to the next: the item that the browser itself has just sent, and the one with which
// somebody stepped aside.
export const SENT = "sinergi-terkirim";
export const RESUMED = "sinergi-lanjut";
export function note(name, key) {
  try { sessionStorage.setItem(name, key); } catch { /* then it is offered with a question */ }
}
export function take(name) {
  try {
    const key = sessionStorage.getItem(name);
    sessionStorage.removeItem(name);
    return key;
  } catch { return null; }
}

// What the browser sent has arrived, as the server says with its message.
export async function forgetSent() {
  const key = take(SENT);
  if (key) await remove(key).catch(() => { /* it was not kept */ });
}

const quietly = (options) => send(options).catch(() => { /* no storage here: forms are sent as without it */ });
// A try that began without a signal may still be failing when the line comes back, and the first one after it may fail too.
addEventListener("online", () => { quietly({ wait: true }); setTimeout(quietly, 5000); });
document.addEventListener("visibilitychange", () => { if (!document.hidden) quietly(); });
setInterval(() => { if (!document.hidden) quietly(); }, 60000); // a weak line comes back without a word
showSign().catch(() => { /* as above */ });
quietly();
