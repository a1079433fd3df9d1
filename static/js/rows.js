// Repeating rows: added from the section's template, taken away by marking them. Without this file the same buttons ask
// the server.

export function addRow(section) {
  const total = section.querySelector("[name$=TOTAL_FORMS]");
  const index = Number(total.value);
  const template = section.querySelector("template");
  const holder = document.createElement("div");
  holder.innerHTML = template.innerHTML.replaceAll("__prefix__", index);
  const row = holder.firstElementChild;
  template.before(row);
  total.value = index + 1;
  renumber(section);
  return row;
}

export function removeRow(row) {
  row.querySelector("[name$='-DELETE']").value = "on";
  row.hidden = true;
  renumber(row.closest("[data-rows]"));
}

export function visibleRows(section) {
  return [...section.querySelectorAll("[data-row]")].filter((row) => !row.hidden);
}

function renumber(section) {
  visibleRows(section).forEach((row, n) => row.querySelectorAll("[data-number]").forEach((mark) => { mark.textContent = n + 1; }));
}
