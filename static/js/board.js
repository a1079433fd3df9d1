// A card can be dragged to another stage: that opens the step's form, which asks for the day and a note. The button on the
// card leads to the same form.
let dragged = null;

for (const card of document.querySelectorAll("[data-move]")) {
  card.draggable = true;
  card.addEventListener("dragstart", (event) => {
    dragged = card;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", card.dataset.move);
  });
  card.addEventListener("dragend", () => { mark(null); dragged = null; });
}

function mark(column) {
  for (const one of document.querySelectorAll(".s-column--over")) one.classList.remove("s-column--over");
  column?.classList.add("s-column--over");
}

for (const column of document.querySelectorAll("[data-stage]")) {
  const takes = () => dragged && !column.contains(dragged);
  column.addEventListener("dragover", (event) => { if (takes()) { event.preventDefault(); mark(column); } });
  column.addEventListener("drop", (event) => {
    if (!takes()) return;
    event.preventDefault();
    location.href = `${dragged.dataset.move}?ke=${column.dataset.stage}`;
  });
}
