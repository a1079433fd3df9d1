// Items of the queue as one file, with their photos, and read back from it. Nothing of a file is believed: every part is
// checked, shown as text alone, and a draft, which a person opens and sends from its form. Where it is sent no file says.
import * as queue from "./queue.js";

const KEY = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const PATH = /^\/(?![/\\])[\w\-./?=&%]*$/; // of this portal
const TEXTS = ["kind", "title", "day", "place", "progress"];
const PICTURES = /^data:(image\/(?:jpeg|png|webp)|application\/pdf);base64,[A-Za-z0-9+/]+=*$/;
const MOST = 200 * 1024 * 1024;

const asData = (blob) => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve(reader.result);
  reader.onerror = () => reject(reader.error);
  reader.readAsDataURL(blob);
});

async function sumOf(text) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
}

// `chosen`: [field, File] of a form whose files could not be kept.
export async function pack(items, chosen = []) {
  const packed = [];
  for (const item of items) {
    const files = await queue.filesOf(item.key).catch(() => []);
    const all = [...files, ...chosen.map(([field, file]) => ({ id: queue.newKey(), field, name: file.name, file }))];
    const told = [];
    for (const { id, field, name, file } of all) told.push({ id, field, name, data: await asData(file) });
    packed.push({ ...item, url: item.photo_url ? item.action : item.url, files: told }); // where its form is
  }
  const content = JSON.stringify(packed);
  return JSON.stringify({ sinergi: "antrean", account: queue.account, sum: await sumOf(content), content });
}

export function download(text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = `sinergi-antrean-${new Date().toLocaleDateString("sv")}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

const isText = (value, most = 200000) => typeof value === "string" && value.length <= most;
const isPair = (entry) => Array.isArray(entry) && entry.length >= 2 && entry.length <= 3 && entry.every((one) => isText(one));

function checked(item) {
  const files = Array.isArray(item.files) ? item.files : null;
  const fine =
    KEY.test(item.key) && isText(item.url, 2000) && PATH.test(item.url) && TEXTS.every((name) => isText(item[name] ?? "", 2000)) &&
    Array.isArray(item.entries) && item.entries.length <= 5000 && item.entries.every(isPair) &&
    files && files.length <= 100 && files.every((one) => KEY.test(one.id) && isText(one.field, 100) && isText(one.name, 300) && PICTURES.test(one.data));
  if (!fine) return null;
  const { key, url, entries } = item;
  const words = Object.fromEntries(TEXTS.map((name) => [name, item[name] ?? ""]));
  const version = isText(item.version, 20) ? item.version : undefined;
  const begun = Number(item.begun) || Date.now();
  return { ...words, key, url, entries, version, begun, state: "draft", at: Date.now(), account: queue.account, files };
}

// Gives back what became of the file, in words. What is in the queue already, or has arrived, stays as it is.
export async function readBack(file) {
  const broken = "Berkas ini bukan berkas antrean Sinergi, atau isinya sudah berubah. Tidak ada yang dimasukkan.";
  if (file.size > MOST) return broken;
  let items;
  try {
    const { sinergi, account, sum, content } = JSON.parse(await file.text());
    if (sinergi !== "antrean" || !isText(content, MOST) || sum !== await sumOf(content)) return broken;
    if (account !== queue.account) return "Berkas ini milik akun lain. Masuk dengan akun itu untuk memasukkannya.";
    items = JSON.parse(content).map(checked);
  } catch {
    return broken;
  }
  if (items.includes(null)) return broken;
  let taken = 0;
  for (const { files, ...item } of items) {
    if (await queue.get(item.key)) continue;
    try {
      for (const field of new Set(files.map((one) => one.field))) {
        await queue.putFiles(item.key, field, files.filter((one) => one.field === field).map((one) => ({ ...one, file: toBlob(one.data) })));
      }
      await queue.put(item); // the last: what is there is whole
    } catch (error) {
      await queue.remove(item.key); // so that it may be read in again once there is room
      throw error;
    }
    taken += 1;
  }
  return `${taken} isian dimasukkan; ${items.length - taken} sudah ada di sini dan tidak diubah.`;
}

// Without fetch, which the policy of the page would have to allow for data.
function toBlob(data) {
  const [head, content] = data.split(",");
  const bytes = Uint8Array.from(atob(content), (one) => one.charCodeAt(0));
  return new Blob([bytes], { type: head.slice(5, head.indexOf(";")) });
}
