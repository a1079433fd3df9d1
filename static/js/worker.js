// Keeps what a page needs without a signal: the assets of this version, and the pages that were prepared for the account
// that is signed in. Nothing else is kept: no other page, no answer to a form, no data, nothing of the admin.
// The view (sinergi/home/offline.py) puts the constant SINERGI before this.
const ASSETS = `sinergi-aset-${SINERGI.version}`;
const pagesOf = (account) => `sinergi-page-${account}-`;
const SAME = { ignoreVary: true };
const ANY = { ignoreSearch: true, ignoreVary: true };
const PATIENCE = 4000;
const STYLE = SINERGI.assets.find((url) => url.includes("/css/sinergi."));
const NOTHING = `<!doctype html><html lang="id"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<title>Tidak ada sinyal · Sinergi</title><link rel="stylesheet" href="${STYLE}"><main class="s-content"><h1>Tidak ada sinyal</h1><p>Halaman ini belum disiapkan di perangkat ini. Isian Anda tetap aman.</p>
<p class="mt-4"><a class="btn btn-primary" href="${SINERGI.queue}">Lihat yang menunggu dikirim</a></p></main></html>`;

// A newer version waits until no page is open. If it took over at once (skipWaiting), a page that is asked for while the
// browser ends the older worker would hang: Chromium drops the request without an answer.
addEventListener("install", (event) => {
  event.waitUntil(caches.open(ASSETS).then((kept) => kept.addAll(SINERGI.assets)));
});

// Assets of an earlier version stay as long as a page that was prepared with them.
addEventListener("activate", (event) => event.waitUntil(tidy().then(() => clients.claim())));
async function tidy() {
  const names = await caches.keys();
  const used = [ASSETS];
  for (const name of names.filter((one) => one.startsWith("sinergi-page-"))) {
    if ((await (await caches.open(name)).keys()).length) used.push(`sinergi-aset-${name.split("-").pop()}`);
    else await caches.delete(name);
  }
  for (const name of names) if (name.startsWith("sinergi-aset-") && !used.includes(name)) await caches.delete(name);
}

// Whose pages may be shown: of whom the last page was that came from the server.
async function account() {
  const told = await caches.match("/akun", { cacheName: "sinergi-akun" });
  return told ? told.text() : "";
}

addEventListener("message", (event) => event.waitUntil(answer(event)));
async function answer({ data, ports }) {
  await (await caches.open("sinergi-akun")).put("/akun", new Response(data.account));
  for (const url of data.pages ?? []) {
    if (data.isOnce && (await (await caches.open(pagesOf(data.account) + SINERGI.version)).match(url, ANY))) continue;
    const told = await prepare(url, data.account).catch((error) => ({ url, problem: String(error.message) }));
    ports[0]?.postMessage(told);
  }
}

// A page of this account, as the server sends it now; whatever else comes leaves the page kept before.
async function prepare(url, account) {
  const response = await fetch(url, { redirect: "manual", cache: "no-store", headers: { Accept: "text/html" } });
  const text = response.status === 200 ? await response.text() : "";
  if (!text.includes(`data-account="${account}"`)) throw new Error(response.status === 200 ? "akun lain" : `jawaban ${response.status || 302}`);
  const assets = await caches.open(ASSETS);
  for (const [, asset] of text.matchAll(/(?:src|href)="([^"]+)"/g)) {
    if (asset.startsWith(SINERGI.root) && !(await assets.match(asset, ANY))) await assets.add(asset);
  }
  const headers = new Headers(response.headers);
  headers.set("Prepared", Date.now());
  for (const name of await caches.keys()) if (name.startsWith(pagesOf(account))) await (await caches.open(name)).delete(url, SAME);
  await (await caches.open(pagesOf(account) + SINERGI.version)).put(url, new Response(text, { headers }));
  return { url, size: text.length };
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || pathname.startsWith(SINERGI.admin)) return;
  if (pathname.startsWith(SINERGI.root)) event.respondWith(asset(request));
  else if (request.mode === "navigate") event.respondWith(page(request));
});

// A hashed name means the same for ever; without hashes (DEBUG) what is kept is for times without a signal.
async function asset(request) {
  const kept = (await (await caches.open(ASSETS)).match(request, ANY)) ?? (await caches.match(request, { ignoreVary: true }));
  if (SINERGI.isHashed && kept) return kept;
  return fetch(request).catch((error) => { if (kept) return kept; throw error; });
}

async function page(request) {
  const arriving = fetch(request).catch(() => null);
  const kept = await prepared(request.url);
  const waited = kept ? new Promise((resolve) => { setTimeout(resolve, PATIENCE); }) : new Promise(() => {});
  const arrived = await Promise.race([arriving, waited]);
  if (arrived && !(kept && arrived.status >= 500)) return arrived;
  return kept ?? new Response(NOTHING, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
}

// The page itself, whichever of its drafts is asked for; else the same page with other things after the "?".
async function prepared(asked) {
  const owner = await account();
  const url = new URL(asked);
  url.searchParams.delete("draf");
  const names = owner ? (await caches.keys()).filter((name) => name.startsWith(pagesOf(owner))) : [];
  for (const how of [SAME, ANY]) {
    for (const cacheName of names) {
      const kept = await caches.match(url.href, { ...how, cacheName });
      if (kept) return kept;
    }
  }
  return undefined;
}
