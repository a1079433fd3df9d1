// The service worker as seen from a page: it is started where a page may be needed without a signal, and told whose page
// this is.
import { account } from "./queue.js";

const workers = navigator.serviceWorker;

export async function startWorker() {
  const started = await workers?.register("/sw.js").catch(() => null);
  return started ? workers.ready : null; // without it there is nothing without a signal
}

if (account) workers?.controller?.postMessage({ account });
const isQueue = document.querySelector("[data-queue-page]");
if (isQueue || document.querySelector("form[data-queue]")) {
  startWorker().then((ready) => ready?.active?.postMessage({ account, pages: ["/antrean/"], isOnce: !isQueue }));
}
