async () => {
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action: "/uji/" });
  Object.assign(form.dataset, { draft: "uji", queue: "kunjungan" });
  const told = ["h1", "p"].map((name) => document.createElement(name));
  told[0].textContent = "Kunjungan uji";
  told[1].dataset.draftSign = "";
  const field = (type, name) => Object.assign(document.createElement("input"), { type, name, id: name, ariaLabel: name });
  const photos = field("file", "photos");
  photos.dataset.queuePhotos = "3";
  photos.multiple = true;
  const button = Object.assign(document.createElement("button"), { textContent: "Kirim" });
  form.append(...told, field("hidden", "idempotency_key"), field("text", "jawaban"), photos, button);
  const main = document.querySelector("main");
  for (const id of ["draft-offer", "queue-told"]) {
    const box = Object.assign(document.createElement("div"), { id, hidden: true, tabIndex: -1 });
    for (const name of ["draftTime", "draftMore", "draftRestore", "draftDiscard", "queueWords", "queueFile"]) {
      const part = document.createElement("button");
      part.dataset[name] = "";
      box.append(part);
    }
    box.append(document.createElement("a"));
    main.append(box);
  }
  main.append(form);
  const { bindForm } = await import("/static/js/form_queue.js");
  const { bindPhotos } = await import("/static/js/photo.js");
  const queued = bindForm(form);
  bindPhotos(queued);
  queued.offer();
}
