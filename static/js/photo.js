// Photos of a form of the queue: shrunk here, upright and without what the camera wrote into them, and kept at once, for a
// camera may close the page. The field has data-queue-photos="10", the most there may be.
import { filesOf, newKey } from "./queue.js";

const MOST = 20 * 1024 * 1024;
const GOAL = 500000;
const STEPS = [[1600, 0.8], [1600, 0.6], [1200, 0.6], [900, 0.5], [640, 0.4]];

function draw(picture, edge, quality) {
  const scale = Math.min(1, edge / Math.max(picture.width, picture.height));
  const [width, height] = [picture.width, picture.height].map((side) => Math.max(1, Math.round(side * scale)));
  const canvas = window.OffscreenCanvas ? new OffscreenCanvas(width, height) : Object.assign(document.createElement("canvas"), { width, height });
  canvas.getContext("2d").drawImage(picture, 0, 0, width, height);
  if (canvas.convertToBlob) return canvas.convertToBlob({ type: "image/jpeg", quality });
  return new Promise((resolve) => { canvas.toBlob(resolve, "image/jpeg", quality); });
}

// A JPEG of at most 500 KB. Throws what to tell.
export async function shrink(file) {
  if (file.size >= MOST) throw new Error(`${file.name}: ukurannya 20 MB atau lebih. Pilih foto yang lebih kecil.`);
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => {
    throw new Error(`${file.name}: bukan foto, atau fotonya tidak dapat dibuka.`);
  });
  try {
    for (const [edge, quality] of STEPS) {
      const blob = await draw(picture, edge, quality);
      if (blob?.size <= GOAL) return new File([blob], file.name.replace(/\.\w+$|$/, ".jpg"), { type: "image/jpeg" });
    }
  } finally {
    picture.close();
  }
  throw new Error(`${file.name}: fotonya tidak dapat diperkecil.`);
}

const make = (name, properties, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

// `queued` is what bindForm gave back.
export function bindPhotos(queued) {
  const input = queued.form.querySelector("[data-queue-photos]");
  if (!input) return;
  const list = make("ul", { className: "s-gallery mt-2", hidden: true });
  const told = make("p", { className: "form-text", id: `${input.id}_told` });
  told.setAttribute("role", "status");
  const wrong = make("div", { id: `${input.id}_wrong` });
  const place = input.closest("[data-photos]") ?? input;
  place.before(wrong);
  place.after(told, list);
  input.setAttribute("aria-describedby", `${input.getAttribute("aria-describedby") ?? ""} ${wrong.id} ${told.id}`.trim());
  let photos = []; // {id, name, file}

  function show() {
    for (const old of list.querySelectorAll("img")) URL.revokeObjectURL(old.src);
    list.hidden = !photos.length;
    list.replaceChildren(...photos.map((photo, n) => {
      const img = make("img", { src: URL.createObjectURL(photo.file), alt: "", width: 160, height: 112 });
      const size = `${Math.max(1, Math.round(photo.file.size / 1000))} KB`;
      const button = make("button", { type: "button", className: "btn btn-plain", onclick: () => drop(photo) }, "Buang", make("span", { className: "visually-hidden" }, ` foto ${n + 1}, ${photo.name}`));
      return make("li", {}, img, make("span", {}, photo.name), make("small", { className: "muted" }, size), button);
    }));
  }

  function keep() {
    show();
    queued.form.dispatchEvent(new CustomEvent("photos", { detail: photos.length }));
    return queued.keepFiles("", photos);
  }

  function drop(photo) {
    photos = photos.filter((one) => one !== photo);
    told.textContent = `Foto dibuang; ${photos.length} foto tersisa.`;
    input.focus();
    keep();
  }

  function refuse(messages) {
    input.setAttribute("aria-invalid", messages.length > 0);
    wrong.replaceChildren(...messages.map((text) => make("p", { className: "invalid-feedback" }, text)));
  }

  input.addEventListener("change", async (event) => {
    event.stopPropagation();
    const chosen = [...input.files];
    const messages = [];
    input.value = ""; // the originals are not sent along
    for (const [n, file] of chosen.entries()) {
      if (photos.length >= (Number(input.dataset.queuePhotos) || 10)) {
        messages.push(`${file.name}: belum diambil. Paling banyak ${input.dataset.queuePhotos || 10} foto.`);
        continue;
      }
      told.textContent = `Menyiapkan foto ${n + 1} dari ${chosen.length}…`;
      try {
        const small = await shrink(file);
        photos = [...photos, { id: newKey(), name: small.name, file: small }];
        await keep();
      } catch (error) {
        messages.push(error.message);
      }
    }
    told.textContent = photos.length ? `${photos.length} foto tersimpan di perangkat ini.` : "";
    refuse(messages);
  });

  queued.form.addEventListener("queue-restored", async () => {
    photos = (await filesOf(queued.key)).filter((one) => one.field === "");
    queued.form.dispatchEvent(new CustomEvent("photos", { detail: photos.length }));
    show();
  });
}
