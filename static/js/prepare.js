// "Siapkan untuk luring": the ticked pages are kept by the service worker, with what they load. Each line says whether its
// pages are ready, or older than what they show.
import { startWorker } from "./offline.js";
import { account } from "./queue.js";

const clock = (time) => new Date(time).toLocaleTimeString("id-ID", { hour: "2-digit", minute: "2-digit" }).replace(":", ".");
const LOOKS = { ready: ["Siap", "s-chip--approved"], old: ["Perlu disegarkan", "s-chip--changed"], none: ["Belum disiapkan", "s-chip--draft"] };
const urlsOf = (box) => box.value.split(" ").filter(Boolean);

// {at, size, version} of a page that is kept for this account, or null.
async function kept(url) {
  for (const name of await caches.keys()) {
    if (!name.startsWith(`sinergi-page-${account}-`)) continue;
    const page = await (await caches.open(name)).match(url, { ignoreSearch: true, ignoreVary: true });
    if (page) return { at: Number(page.headers.get("Prepared")), size: (await page.blob()).size, version: name.split("-").pop() };
  }
  return null;
}

async function stateOf(box) {
  const pages = await Promise.all(urlsOf(box).map(kept));
  if (pages.includes(null)) return { state: "none", pages: [] };
  const changed = box.dataset.changedAt ? Date.parse(box.dataset.changedAt) : 0;
  return { state: pages.some((page) => page.at < changed) ? "old" : "ready", pages };
}

async function show(form, problems = []) {
  let ready = 0;
  const pages = [];
  for (const box of form.elements.siapkan.length ? form.elements.siapkan : [form.elements.siapkan]) {
    const found = await stateOf(box);
    const [words, look] = LOOKS[found.state];
    const chip = box.closest("label").querySelector("[data-prepared]");
    chip.textContent = words;
    chip.className = `s-chip ${look}`;
    if (found.state === "ready") ready += 1;
    pages.push(...found.pages);
  }
  const size = (pages.reduce((sum, page) => sum + page.size, 0) / 1e6).toLocaleString("id-ID", { maximumFractionDigits: 1 });
  const told = pages.length ? `${ready} siap, ${size} MB, disiapkan ${clock(Math.min(...pages.map((page) => page.at)))}.` : "Belum ada yang disiapkan.";
  form.querySelector("[data-prepare-told]").textContent = [told, ...problems].join(" ");
}

function prepare(worker, url) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    worker.postMessage({ account, pages: [url] }, [port2]);
    setTimeout(() => resolve({ url, problem: "terlalu lama" }), 60000);
  });
}

export async function bindPrepare(form) {
  if (!("caches" in window) || !navigator.serviceWorker) return;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    const active = (await startWorker())?.active;
    const chosen = [...form.querySelectorAll("[name=siapkan]:checked")].flatMap(urlsOf);
    const urls = active ? ["/antrean/", ...chosen] : []; // what is sent from these pages waits there
    const problems = active ? [] : ["Peramban ini tidak dapat menyiapkan halaman."];
    for (const [n, url] of urls.entries()) {
      form.querySelector("[data-prepare-told]").textContent = `Menyiapkan ${n + 1} dari ${urls.length}…`;
      const told = await prepare(active, url);
      if (told.problem) problems.push(`Satu halaman belum dapat disiapkan (${told.problem}).`);
    }
    button.disabled = false;
    await show(form, [...new Set(problems)]);
  });
  await show(form);
}
