// The date in words below each date field: the field itself shows day and month in the browser's own order.
const days = new Intl.DateTimeFormat("id-ID", { weekday: "long", day: "numeric", month: "long", year: "numeric" });

export function sayDate(field) {
  const words = document.getElementById(`${field.id}_words`);
  if (words) words.textContent = field.valueAsDate ? days.format(new Date(`${field.value}T12:00`)) : "";
}

export function sayDates(part = document) {
  part.querySelectorAll("[type=date]").forEach(sayDate);
}

for (const happened of ["input", "change"]) {
  document.addEventListener(happened, ({ target }) => { if (target.type === "date") sayDate(target); });
}
