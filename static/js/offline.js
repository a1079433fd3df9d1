// The service worker as seen from a page: it is told whose page this is, and forgets prepared pages at signing out.
import { account, mine } from "./queue.js";

const workers = navigator.serviceWorker;
const UNSENT = "Ada isian yang belum terkirim di perangkat ini. Isian itu tetap tersimpan di sini dan menunggu Anda masuk lagi. Keluar?";

// Only where a page may be needed without a signal: forms of the queue, and the queue itself.
export async function startWorker() {
  if (!workers) return null;
  await workers.register("/sw.js").catch(() => { /* then there is nothing without a signal */ });
  return workers.ready;
}

export async function forgetPages() {
  for (const name of await caches.keys()) if (name.startsWith("sinergi-page-")) await caches.delete(name);
}

export async function signOut(event) {
  const form = event.target;
  event.preventDefault();
  const items = await mine().catch(() => []);
  if (items.some((item) => item.state !== "stored") && !confirm(UNSENT)) return;
  document.body.dataset.leaves = "yes";
  try { localStorage.clear(); } catch { /* drafts of before the queue were kept there */ }
  if ("caches" in window) await forgetPages().catch(() => { /* none are kept here */ });
  workers?.controller?.postMessage({ account: "" });
  form.submit();
}

if (account) workers?.controller?.postMessage({ account });
const isQueue = document.querySelector("[data-queue-page]");
if (isQueue || document.querySelector("form[data-queue]")) {
  startWorker().then((ready) => ready?.active?.postMessage({ account, pages: ["/antrean/"], isOnce: !isQueue }));
}
