// Signing out: what waits to be sent is kept for its owner, prepared pages are not.
import { mine } from "./queue.js";

const UNSENT = "Ada isian yang belum terkirim di perangkat ini. Isian itu tetap tersimpan di sini dan menunggu Anda masuk lagi. Keluar?";

async function forgetPages() {
  for (const name of await caches.keys()) if (name.startsWith("sinergi-page-")) await caches.delete(name);
  navigator.serviceWorker.controller?.postMessage({ account: "" });
}

// Before the queue they were kept elsewhere, until their owner signed out.
function forgetOldDrafts() {
  for (const key of Object.keys(localStorage)) if (key.startsWith("sinergi-draf:")) localStorage.removeItem(key);
}

export async function signOut(form) {
  const items = await mine().catch(() => []);
  if (items.some((item) => item.state !== "stored") && !confirm(UNSENT)) return;
  document.body.dataset.leaves = "yes"; // no form asks once more
  try {
    forgetOldDrafts();
    await forgetPages();
  } catch { /* this browser keeps none */ }
  form.submit();
}
