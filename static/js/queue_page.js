// The page of the queue: what waits here, in words, and what may be done with it. Made of text alone, whatever it says.
import { bindPrepare } from "./prepare.js";
import * as queue from "./queue.js";
import { download, pack, readBack } from "./queue_file.js";

const page = document.querySelector("[data-queue-page]");
const part = (name) => page.querySelector(`[data-queue-${name}]`);
const [waitingList, arrivedList] = page.querySelectorAll("[data-queue-list]");
const template = page.querySelector("#queue-item");
const dialog = page.querySelector("#queue-drop");
const DAY = 24 * 3600 * 1000;
const SHORT = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"];
const clock = (time) => new Date(time).toLocaleTimeString("id-ID", { hour: "2-digit", minute: "2-digit" }).replace(":", ".");
const date = (time) => new Date(time).toLocaleDateString("id-ID", { day: "numeric", month: "long", year: "numeric" });
const when = (time) => (new Date(time).toDateString() === new Date().toDateString() ? clock(time) : `${date(time)} pukul ${clock(time)}`);
const megabytes = (bytes) => `${(bytes / 1e6).toLocaleString("id-ID", { maximumFractionDigits: 1 })} MB`;
const count = (number, word) => `${number.toLocaleString("id-ID")} ${word}`;

// [words, look, what else is told, the verb of its link]
function wordsOf(item, files) {
  const size = files.length ? `, ${count(files.length, "berkas")}, ${megabytes(files.reduce((sum, one) => sum + one.file.size, 0))}` : "";
  const photos = item.photos - files.length;
  switch (item.state) {
    case "draft":
      return [`Draf${item.progress ? `, ${item.progress}` : ""}`, "draft", `Belum dikirim. Terakhir diubah ${when(item.at)}${size}.`, "Lanjutkan"];
    case "sending":
      return [`Mengirim ${photos} dari ${item.photos} foto`, "scheduled", `Jawaban sudah tiba ${when(item.arrived)}. Foto menyusul satu per satu.`, "Lihat"];
    case "attention":
      return ["Perlu diperiksa", "late", `Disimpan ${when(item.at)}${size}.`, item.photo_url ? "Lihat" : "Periksa"];
    default:
      return ["Menunggu dikirim", "waiting", `Disimpan ${when(item.at)}${size}. Dicoba lagi sendiri saat ada sinyal.`, "Ubah"];
  }
}

function openUrl(item) {
  if (item.photo_url || item.state === "stored") return item.url;
  const url = new URL(item.url, location.origin);
  url.searchParams.set("draf", item.key);
  return url.pathname + url.search;
}

function stamp(time, day) {
  const [, month, number] = /^\d{4}-(\d\d)-(\d\d)$/.exec(day) ?? [];
  time.hidden = !number;
  if (!number) return;
  time.dateTime = day;
  time.querySelector("b").textContent = Number(number);
  time.querySelector("span").textContent = SHORT[month - 1] ?? "";
}

function draw(item, files) {
  const row = template.content.cloneNode(true).firstElementChild;
  const inside = (name) => row.querySelector(`[data-${name}]`);
  const [state, look, told, verb] = wordsOf(item, files);
  stamp(row.querySelector("time"), item.day);
  for (const link of row.querySelectorAll("[data-open]")) link.href = openUrl(item);
  row.querySelector("h3 a").textContent = item.title;
  inside("state").textContent = state;
  inside("state").classList.add(`s-chip--${look}`);
  inside("told").textContent = told;
  inside("verb").textContent = verb;
  for (const name of row.querySelectorAll("[data-name]")) name.textContent = ` ${item.title}`;
  if (item.reason) Object.assign(inside("reason"), { hidden: false, textContent: item.reason });
  for (const [label, yours, theirs] of item.differences ?? []) {
    inside("differences").hidden = false;
    const lines = [`Isian Anda: ${yours}`, `Tersimpan: ${theirs}`].map((text) => Object.assign(document.createElement("dd"), { textContent: text }));
    inside("differences").append(Object.assign(document.createElement("dt"), { textContent: label }), ...lines);
  }
  if (item.state === "sending") {
    const bar = inside("photos");
    Object.assign(bar, { hidden: false, max: item.photos, value: item.photos - files.length });
    bar.setAttribute("aria-label", `Foto terkirim, ${item.title}`);
  }
  inside("save").onclick = async () => download(await pack([item]));
  inside("drop").onclick = () => askToDrop(item, files);
  return row;
}

function drawArrived(item) {
  const row = template.content.cloneNode(true).firstElementChild;
  stamp(row.querySelector("time"), item.day);
  row.querySelector("time").classList.add("s-stamp--approved");
  const link = Object.assign(document.createElement("a"), { href: item.url, textContent: item.title });
  const photos = item.photos ? `, ${count(item.photos, "foto")}` : "";
  const small = Object.assign(document.createElement("small"), { textContent: `Tersimpan ${when(item.at)}${photos}. Tanda ini hilang dari perangkat ini setelah 7 hari.` });
  row.querySelector("div").replaceChildren(link, small);
  return row;
}

function askToDrop(item, files) {
  dialog.querySelector("h2").textContent = `Buang ${item.title}?`;
  dialog.querySelector("[data-queue-loss]").textContent = files.length ? `Isian ini dan ${count(files.length, "berkas")}` : "Isian ini";
  dialog.returnValue = "";
  dialog.onclose = async () => {
    if (dialog.returnValue === "drop") await queue.remove(item.key);
    else if (dialog.returnValue === "save") download(await pack([item]));
  };
  dialog.showModal();
}

function lead(open) {
  const looks = open.filter((item) => item.state === "attention").length;
  const waits = open.filter((item) => item.state !== "draft").length;
  const drafts = open.length - waits;
  const parts = [
    waits ? `${count(waits, "isian")} menunggu${looks ? `, ${looks} di antaranya perlu Anda periksa` : ""}.` : "",
    drafts ? `${count(drafts, "draf")} belum dikirim.` : "",
    "Tidak ada yang dihapus sebelum sampai.",
  ];
  return parts.filter(Boolean).join(" ");
}

async function showRoom(open, everything) {
  const oldest = Math.min(...open.map((item) => item.begun));
  const age = Math.floor((Date.now() - oldest) / DAY);
  const { usage } = (await navigator.storage?.estimate?.()) ?? {};
  const told = [open.length && age ? `Yang paling lama menunggu ${count(age, "hari")}.` : "", usage ? `Terpakai ${megabytes(usage)}.` : ""];
  part("room").textContent = told.filter(Boolean).join(" ");
  const others = everything.filter((item) => item.account !== queue.account && item.state !== "stored").length;
  part("others").hidden = !others;
  part("others").textContent = `${count(others, "isian")} milik akun lain menunggu pemiliknya masuk. Isinya tidak terlihat di sini.`;
}

// How the line is, as far as it is known here.
function showLine(open) {
  const words = navigator.onLine ? "Sinyal putus-putus, dicoba lagi sendiri" : "Tidak ada sinyal, dicoba lagi sendiri";
  part("line").textContent = words;
  part("line").hidden = navigator.onLine && !open.some((item) => item.state !== "draft" && item.code === 0 && item.reason);
}

function showSize(files) {
  part("size").textContent = files.length ? `${count(files.length, "berkas")}, ${megabytes(files.reduce((sum, one) => sum + one.file.size, 0))}` : "";
}

let drawing = Promise.resolve();
async function show() {
  const everything = await queue.all();
  const own = everything.filter((item) => item.account === queue.account).sort((a, b) => a.begun - b.begun);
  const open = own.filter((item) => item.state !== "stored");
  const stored = own.filter((item) => item.state === "stored").sort((a, b) => b.at - a.at);
  const files = await Promise.all(open.map((item) => queue.filesOf(item.key)));
  const rows = open.map((item, n) => draw(item, files[n]));
  showLine(open);
  showSize(files.flat());
  const focused = document.activeElement?.dataset && waitingList.contains(document.activeElement);
  waitingList.replaceChildren(...rows);
  if (focused) part("lead").closest(".s-title").querySelector("button").focus();
  arrivedList.replaceChildren(...stored.map(drawArrived));
  part("empty").hidden = open.length > 0;
  part("arrived").hidden = !stored.length;
  part("lead").textContent = lead(open);
  part("save").hidden = !open.length;
  part("send").hidden = !open.some((item) => item.state !== "draft");
  await showRoom(open, everything);
}

const redraw = () => { drawing = drawing.then(show).catch(fail); };

function fail() {
  part("problem").hidden = false;
  part("problem").querySelector("span").textContent = "Peramban ini tidak mengizinkan Sinergi menyimpan isian. Selama ada sinyal, semua formulir tetap dapat dikirim.";
}

part("plain").hidden = true;
part("read").hidden = false;
part("send").onclick = async () => {
  part("send").disabled = true;
  part("lead").textContent = "Mengirim…";
  await queue.send({ again: true }).catch(fail);
  part("send").disabled = false;
  redraw();
};
part("save").onclick = async () => download(await pack((await queue.mine()).filter((item) => item.state !== "stored")));
page.querySelector("#queue-file").onchange = async ({ target }) => {
  const [file] = target.files;
  if (!file) return;
  part("read-told").textContent = await readBack(file).catch(() => "Berkas ini tidak dapat dimasukkan: ruang di perangkat ini penuh.");
  target.value = "";
  redraw();
};
for (const change of ["online", "offline"]) addEventListener(change, redraw);
document.addEventListener("queue", redraw);
const form = page.querySelector("[data-prepare]");
if (form) bindPrepare(form);
redraw();
