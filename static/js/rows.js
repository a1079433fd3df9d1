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

// What a button of a section does to its rows; false where it is none of them. Used by forms with `data-rows` sections.
export function handleRowButton(event, button) {
  const form = button.form;
  if (button.dataset.add) {
    addRow(form.querySelector(`[data-rows=${button.dataset.add}]`)).querySelector("input:not([type=hidden]), textarea, select").focus();
  } else if ("remove" in button.dataset) {
    const section = button.closest("[data-rows]");
    removeRow(button.closest("[data-row]"));
    form.querySelector(`[data-add=${section.dataset.rows}]`).focus();
  } else return false;
  event.preventDefault();
  return true;
}

// As many rows as a draft has; they are added one by one, so their number is not put back. A draft may come from a file,
// so it is held to what the section takes.
export function addRowsOf(form, draft) {
  for (const section of form.querySelectorAll("[data-rows]")) {
    const total = section.querySelector("[name$=TOTAL_FORMS]");
    const [, wanted] = draft.entries.find(([name]) => name === total.name) ?? [];
    while (total.value < Math.min(wanted, section.dataset.most)) addRow(section);
  }
}

// Rows that a draft had taken away are hidden again.
export function hideRemovedRows(form) {
  for (const mark of form.querySelectorAll("[name$='-DELETE']")) {
    const row = mark.closest("[data-row]");
    if (row) row.hidden = mark.value === "on";
  }
}

function renumber(section) {
  visibleRows(section).forEach((row, n) => row.querySelectorAll("[data-number]").forEach((mark) => { mark.textContent = n + 1; }));
}
