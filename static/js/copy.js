// Copying a field's text, and handing it to the phone's own list of where to send it; each button shows where it works.
const told = document.querySelector("[data-copied]");

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      told.textContent = `${field.dataset.copied ?? "Tautan"} tersalin.`;
    } catch {
      field.select();
      told.textContent = "Belum tersalin. Teksnya sudah ditandai; salin dari sana.";
    }
  });
}

for (const button of document.querySelectorAll("[data-share]")) {
  button.hidden = !navigator.share;
  button.addEventListener("click", () => navigator.share({ text: button.dataset.share }).catch(() => { /* closed again */ }));
}
