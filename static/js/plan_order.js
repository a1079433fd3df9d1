// Activities of a plan can be dragged to another place of their role; the buttons beside them do the same without a mouse.
const form = document.querySelector("#plan-order");
let dragged = null;

for (const row of form.querySelectorAll("[data-drag]")) {
  const handle = row.querySelector(".s-activity__no");
  handle.draggable = true;
  handle.title = "Seret untuk memindahkan";
  handle.addEventListener("dragstart", (event) => {
    dragged = row;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", row.dataset.drag);
    event.dataTransfer.setDragImage(row, 0, 0);
  });
  handle.addEventListener("dragend", () => { mark(null); dragged = null; });
}

// The row that the dragged one would stand before, or null for the end of its role.
function target(event) {
  const section = event.target.closest(".s-role-section");
  if (!dragged || section !== dragged.closest(".s-role-section")) return undefined;
  const rows = [...section.querySelectorAll("[data-drag]")];
  return rows.find((row) => { const box = row.getBoundingClientRect(); return event.clientY < box.top + box.height / 2; }) ?? null;
}

function mark(row) {
  for (const one of form.querySelectorAll(".s-activity--before")) one.classList.remove("s-activity--before");
  row?.classList.add("s-activity--before");
}

form.addEventListener("dragover", (event) => {
  const before = target(event);
  if (before === undefined) return;
  event.preventDefault();
  mark(before);
});

form.addEventListener("drop", (event) => {
  const before = target(event);
  if (before === undefined || before === dragged || before === dragged.nextElementSibling) return;
  event.preventDefault();
  for (const [name, value] of [["geser", dragged.dataset.drag], ["sebelum", before?.dataset.drag ?? ""]]) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    form.append(field);
  }
  form.submit();
});
