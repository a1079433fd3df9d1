// The form of a quarterly report: last quarter's figure taken over without a round trip, and its draft.
import { bindForm } from "./form_queue.js";

const form = document.querySelector("#report-form");
const STALE = "Laporan ini sudah disimpan lagi sesudahnya; periksa setelah memulihkan.";
const { keep, offer } = bindForm(form, { stale: STALE });

form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy-figure]");
  if (!button) return;
  event.preventDefault();
  const field = button.closest(".s-measure").querySelector("input");
  field.value = button.dataset.copyFigure;
  field.focus();
  keep();
});
offer();
