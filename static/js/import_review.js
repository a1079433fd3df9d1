// How many rows still wait for an answer follows what is chosen; without this file it does once the answers are saved.
const note = document.querySelector("[data-unanswered]");
const told = note?.querySelector("[role=status]");
const questions = [...document.querySelectorAll(".s-problem[data-rows]")];

function isAnswered(question) {
  const chosen = question.querySelector("[name^=jawab-]:checked")?.value;
  const written = question.querySelector("[name^=isi-]")?.value.trim() ?? "";
  if ("cell" in question.dataset) return chosen === "lewati" || written !== question.dataset.cell.trim();
  return chosen === "lain" ? written !== "" : Boolean(chosen || written);
}

const open = () => questions.filter((question) => !isAnswered(question)).reduce((sum, one) => sum + Number(one.dataset.rows), 0);
const elsewhere = Number(note?.dataset.unanswered ?? 0) - open(); // in the questions that follow on the next page

function count() {
  const rows = open() + elsewhere;
  told.textContent = rows ? `${rows.toLocaleString("id-ID")} baris belum dipilih` : "Semua baris sudah dipilih; simpan pilihannya";
}

if (note) {
  document.addEventListener("input", count);
  addEventListener("pageshow", count); // the browser may have put earlier answers back
}
