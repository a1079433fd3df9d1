// What one tab remembers from a page to the next: the item that the browser itself has just sent, and the one with which
// somebody stepped aside.
import { remove } from "./queue.js";

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

// What the browser sent has arrived, as the server's message says.
export function forgetSent() {
  const key = take(SENT);
  if (key) remove(key).catch(() => { /* it was not kept */ });
}
