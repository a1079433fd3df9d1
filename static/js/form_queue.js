// What a form with data-draft does: its content is kept in the queue of this browser (queue.js) with every change, offered
// again, and sent once at a time. With data-queue it is sent by the queue, so that it may wait for a signal; without, the
// browser sends it. The page has the offer and, in the form, the sign (components/draft_*.html).
//
// Attributes of the form:
//   data-draft="PLACE"        which form it is: what was kept here is offered here again
//   data-version="7"          of what it is a change; a draft of another version says so
//   data-shown                the server has filled in what was typed (errors, a conflict)
//   data-queue="kunjungan"    kind of the item; its view is a QueueableMixin
//   data-queue-title="name"   the field whose words the queue shows; without, the heading of the page
//   data-queue-day="name"     the field of the day the queue shows; without, today
//   data-queue-sends="a b"    the values of the buttons that send; any other goes to the server as always. Without: all
//   data-queue-progress="…"   words that the page sets itself: "4 dari 9 dijawab"
//   data-keeps-files          the server keeps chosen files of a form in error, so they are not put back into it
// A file field goes along in the form's submission, unless it has data-queue-photos: its photos are shrunk and sent one by
// one to the `photo_url` of the answer (photo.js: bindPhotos(bindForm(form))).
// The form's field idempotency_key is the key of its item. `?draf=KEY` brings that item back without a question.
import * as queue from "./queue.js";

const days = new Intl.DateTimeFormat("id-ID", { weekday: "long", day: "numeric", month: "long", year: "numeric" });
const clock = (time) => new Date(time).toLocaleTimeString("id-ID", { hour: "2-digit", minute: "2-digit" }).replace(":", ".");
const STALE = "Data ini sudah disimpan lagi sesudahnya; periksa setelah memulihkan.";
const FULL = "Isian ini tidak dapat disimpan di perangkat ini: ruangnya penuh atau tidak diizinkan. Simpan sebagai berkas bila sinyal tidak ada.";
const skipped = new Set(["csrfmiddlewaretoken", "version", "aksi"]);

// [name, value], and of what was chosen from a list its words too: the list may be another when the draft comes back.
function entriesOf(form) {
  return [...new FormData(form)]
    .filter(([name, value]) => typeof value === "string" && !skipped.has(name))
    .map(([name, value]) => {
      const field = form.elements[name];
      return field instanceof HTMLSelectElement && value ? [name, value, field.selectedOptions[0].text] : [name, value];
    });
}
// Within the portal, without the mark of a draft that was opened.
function pathOf(address) {
  const url = new URL(address, location);
  url.searchParams.delete("draf");
  return url.pathname + url.search;
}
const typed = (entries) => JSON.stringify(entries.filter(([name]) => name !== "idempotency_key"));

// Put one entry of a draft into its fields. What was chosen from a list that has it no longer is added to the list.
export function put(form, [name, value, words]) {
  for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
    if (field.type === "radio" || field.type === "checkbox") field.checked ||= field.value === value;
    else if (field.type === "file" || name === "idempotency_key") continue;
    else {
      if (words && field.options && ![...field.options].some((one) => one.value === value)) field.add(new Option(words, value));
      field.value = value;
      if (value && field.type !== "hidden") field.closest("details")?.setAttribute("open", "");
    }
  }
}

export function clearBoxes(form) {
  for (const box of form.querySelectorAll("[type=radio], [type=checkbox]")) box.checked = false;
}

function restoreFields(form, draft) {
  clearBoxes(form);
  const hidden = (name) => [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)].some((field) => field.type === "hidden");
  for (const entry of draft.entries) if (!hidden(entry[0])) put(form, entry);
  for (const field of form.elements) if (field.type === "date") field.dispatchEvent(new Event("change", { bubbles: true }));
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

// `restore` puts a draft back where that takes more than filling in fields.
// Gives back `keep` (something was changed), `offer` (to be called once the page is ready), and what photo.js needs; the
// form tells with the event "queue-restored" that another item is in it.
export function bindForm(form, { restore = (draft) => restoreFields(form, draft), stale = STALE } = {}) {
  const first = typed(entriesOf(form));
  const { draft: place, queue: kind } = form.dataset;
  const fileFields = kind ? [...form.querySelectorAll("[type=file]:not([data-queue-photos])")] : [];
  const isChanged = () => typed(entriesOf(form)) !== first || [...form.querySelectorAll("[type=file]")].some((field) => field.files.length);
  const field = form.elements.idempotency_key;
  // A key of our own for every new form: a prepared page is opened again and again. One that the browser has put back
  // belongs to what it has put back along with it.
  if (field && !("shown" in form.dataset) && field.value === field.defaultValue) field.value = queue.newKey();
  let key = field?.value || queue.newKey();
  let item = null; // as it is stored
  let pending = []; // earlier drafts that are offered and not answered yet
  let touched = false;
  let sending = false;
  let isNative = false; // the browser sends it after all
  let writing = Promise.resolve();
  let filing;
  let timer;

  function sign(text, offline = false) {
    for (const mark of form.querySelectorAll("[data-draft-sign]")) {
      mark.hidden = false;
      mark.textContent = text;
      mark.classList.toggle("s-draft--offline", offline);
    }
  }

  function announce(text, offline) {
    sign(text, offline);
    const told = form.querySelector("[data-connection]");
    if (told) told.textContent = text;
  }

  // Words above the form that stay, with the way to the queue or to what was stored; `offersFile`: nothing here can keep it.
  function tell(words, offersFile = false, stored = "") {
    const box = document.querySelector("#queue-told");
    const link = box.querySelector("a");
    link.dataset.queue ??= link.href;
    link.href = stored || link.dataset.queue;
    link.textContent = stored ? "Buka" : "Lihat yang menunggu";
    box.querySelector("[data-queue-words]").textContent = words;
    box.querySelector("[data-queue-file]").hidden = !offersFile;
    box.hidden = false;
    box.focus();
  }

  function described() {
    const { queueTitle, queueDay, queueProgress, version } = form.dataset;
    const heading = form.querySelector("h1")?.textContent.trim() ?? document.title;
    return {
      title: (queueTitle && form.elements[queueTitle]?.value.trim()) || heading,
      day: (queueDay && form.elements[queueDay]?.value) || new Date().toLocaleDateString("sv"),
      progress: queueProgress ?? "",
      version,
    };
  }

  // At this form's own address, whatever an item from elsewhere says, and all of it to be sent anew: an answer that came
  // before says nothing of what stands here now.
  function current(changes) {
    const action = pathOf(form.action);
    const url = item?.place === place && !item.photo_url ? item.url : pathOf("shown" in form.dataset ? action : location);
    const own = { key, account: queue.account, kind: kind ?? "", place, url, action, begun: item?.begun ?? Date.now() };
    return { ...item, ...own, ...described(), entries: entriesOf(form), extra: [], photo_url: "", state: "draft", reason: "", code: 0, differences: [], at: Date.now(), ...changes };
  }

  function keep() {
    touched = true;
    clearTimeout(timer);
    timer = setTimeout(keepNow, 400);
  }

  // Whether it is kept. What was not touched, or is as it was kept, stays as it is: a draft, or waiting.
  async function keepNow(changes) {
    clearTimeout(timer);
    if (sending && !changes) return true;
    if (!touched && !changes) return item !== null;
    const next = current(changes);
    if (item && !changes && item.state !== "draft" && typed(item.entries) === typed(next.entries)) return true;
    item = next;
    try {
      await queue.put(next);
      if (!changes) sign(`Draf tersimpan ${clock(next.at)} di perangkat ini`, !navigator.onLine);
      return true;
    } catch {
      filing ??= import("./queue_file.js"); // while there may be a signal
      sign("Draf tidak dapat disimpan di perangkat ini", true);
      return false;
    }
  }

  // The files of a field, or with "" the photos: {id, name, file}. They are kept at once, one after the other.
  function keepFiles(name, files) {
    touched = true;
    writing = writing.then(() => keepNow()).then(() => queue.putFiles(key, name, files)).catch(() => tell(FULL, true));
    return writing;
  }

  async function putFilesBack() {
    const files = await queue.filesOf(key);
    for (const input of fileFields) {
      const chosen = new DataTransfer();
      for (const one of files) if (one.field === input.name) chosen.items.add(new File([one.file], one.name, { type: one.file.type }));
      if (chosen.files.length) input.files = chosen.files;
    }
  }

  async function adopt(draft) {
    item = draft;
    ({ key } = draft);
    if (field) field.value = key;
    restore(draft);
    await putFilesBack();
    form.dispatchEvent(new CustomEvent("queue-restored"));
    if (draft.state === "attention") tell(`Perlu diperiksa. ${draft.reason}`);
  }

  // This page holds what was sent, as the server has it. Where it gave the form another key, what was sent is stored.
  async function takeOver(drafts) {
    touched = true;
    const sent = queue.take(queue.SENT);
    const earlier = drafts.find((one) => one.key === sent);
    if (!earlier) return;
    item = field ? { ...earlier, key } : earlier;
    ({ key } = item);
    if ("keepsFiles" in form.dataset) for (const input of fileFields) await queue.putFiles(key, input.name, []);
    else await putFilesBack();
    if (earlier.key !== key) await keepNow() && await queue.remove(earlier.key);
    form.dispatchEvent(new CustomEvent("queue-restored"));
  }

  async function offer() {
    const drafts = (await queue.mine().catch(() => [])).filter((one) => Array.isArray(one.entries));
    if ("shown" in form.dataset) return takeOver(drafts);
    const here = drafts.filter((one) => one.place === place);
    const wanted = new URL(location).searchParams.get("draf") ?? queue.take(queue.RESUMED);
    const direct = here.find((one) => one.key === wanted);
    if (direct) return adopt(direct);
    for (const one of here) {
      if (one.key === key || one.photo_url || !["draft", "attention"].includes(one.state)) continue;
      if (typed(one.entries) !== first || (await queue.filesOf(one.key)).length) pending.push(one);
      else if (one.state === "draft") queue.remove(one.key); // says nothing new
    }
    showOffer();
  }

  function showOffer() {
    const box = document.querySelector("#draft-offer");
    const [draft] = pending;
    box.hidden = !draft;
    if (!draft) return;
    const at = new Date(draft.at);
    const isStale = form.dataset.version && draft.version !== form.dataset.version;
    box.querySelector("[data-draft-time]").textContent = `${days.format(at)} pukul ${clock(at)}`;
    box.querySelector("[data-draft-more]").textContent = [draft.reason, isStale ? stale : ""].filter(Boolean).join(" ");
    box.querySelector("[data-draft-restore]").onclick = () => { pending = []; showOffer(); adopt(draft); form.querySelector("h1")?.scrollIntoView(); };
    box.querySelector("[data-draft-discard]").onclick = async () => { await queue.remove(draft.key); pending.shift(); showOffer(); };
  }

  const sends = (button) => kind && !isNative && (!form.dataset.queueSends || !button?.name || form.dataset.queueSends.split(" ").includes(button.value));

  async function sendByQueue(button) {
    announce("Mengirim…", false);
    const extra = [...(button?.name ? [[button.name, button.value]] : []), ...(form.elements.version ? [["version", form.elements.version.value]] : [])];
    await writing;
    const kept = await keepNow({ state: "waiting", extra });
    touched = false;
    if (kept) await queue.send({ key }).catch(() => { /* it waits */ });
    const now = kept && await queue.get(key);
    if (now?.state === "stored" || now?.photo_url) {
      location.assign(now.url); // what was typed has arrived; a photo that has not stays in the queue
    } else if (!now || [409, 422].includes(now.code)) {
      if (!now && !navigator.onLine) {
        sending = false;
        touched = true;
        tell(FULL, true);
        return;
      }
      sendByBrowser(button, Boolean(now)); // its page shows what is wrong beside the fields
    } else {
      item = now;
      sending = false;
      if (now.code === 302) location.assign(now.url); // to the sign-in page, and back
      announce(now.state === "attention" ? "Belum tersimpan" : "Menunggu dikirim", true);
      tell(`${now.state === "attention" ? "Belum tersimpan" : "Isian ini aman di perangkat ini dan dikirim sendiri nanti"}. ${now.reason}`);
      if (touched) keepNow(); // typed while it was on its way
    }
  }

  async function sendByBrowser(button, isKept) {
    if (isKept) await keepNow({ state: "draft" });
    await new Promise((resolve) => { setTimeout(resolve); }); // no form is sent while it still tells of being sent
    queue.note(queue.SENT, key);
    isNative = true;
    sending = false;
    form.requestSubmit(button);
  }

  // One sending at a time: a second tap while the first is under way does nothing.
  // After 20 seconds, or when the page comes back, one may try again.
  form.addEventListener("submit", (event) => {
    if (sending) { event.preventDefault(); return; }
    if (sends(event.submitter)) {
      event.preventDefault();
      sending = true;
      sendByQueue(event.submitter);
      return;
    }
    touched ||= isChanged();
    if (touched) keepNow();
    sending = true;
    setTimeout(() => { sending = false; isNative = false; }, 20000);
    queue.note(queue.SENT, key);
    announce(navigator.onLine ? "Mengirim…" : "Tidak ada sinyal; draf aman di perangkat ini", !navigator.onLine);
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) sending = isNative = touched = false; // Back after sending: what this page held has arrived
  });

  // Sent by the queue after all, maybe by another page, or refused.
  document.addEventListener("queue", async ({ detail }) => {
    if (detail.key === key) {
      if (sending || touched || !item || item.state === "draft") return;
      if (detail.state === "stored") location.assign(detail.url);
      else item = await queue.get(key) ?? item;
      if (item.state === "attention") tell(`Perlu diperiksa. ${item.reason}`);
    } else if (detail.place === place && detail.state === "stored" && !touched) {
      tell("Kiriman Anda tadi sudah tersimpan.", false, detail.url);
    } else if (detail.place === place && detail.state === "attention" && !touched && !sending && !pending.length && !("shown" in form.dataset)) {
      pending = [await queue.get(detail.key)].filter(Boolean);
      showOffer();
    }
  });

  form.addEventListener("input", keep);
  form.addEventListener("change", ({ target }) => {
    if (fileFields.includes(target)) keepFiles(target.name, [...target.files]);
    else if (target.matches("select, [type=radio], [type=checkbox]")) { touched = true; keepNow(); }
  });
  addEventListener("pagehide", () => keepNow());
  document.addEventListener("visibilitychange", () => keepNow());

  let stepsAside = false;
  function stepAside(event) {
    if (!touched || !event.target.closest("form[data-resume], a[data-resume]")) return;
    stepsAside = true;
    setTimeout(() => { stepsAside = false; }, 2000);
    keepNow();
    queue.note(queue.RESUMED, key);
  }
  document.addEventListener("submit", stepAside);
  document.addEventListener("click", stepAside);
  addEventListener("beforeunload", (event) => {
    const unsent = touched && ("shown" in form.dataset || isChanged());
    if (unsent && !sending && !stepsAside && !document.body.dataset.leaves) event.preventDefault();
  });

  document.querySelector("[data-queue-file]")?.addEventListener("click", async () => {
    const { download, pack } = await (filing ??= import("./queue_file.js"));
    download(await pack([current()], [...new FormData(form)].filter(([, value]) => value instanceof File && value.size)));
  });

  addEventListener("offline", () => { if (touched) announce("Sinyal terputus; draf aman di perangkat ini", true); });
  addEventListener("online", () => { if (touched) announce("Tersambung kembali; kirim bila siap", false); });
  return { form, keep, keepFiles, offer, get key() { return key; } };
}
