// The review by keyboard: j and k go from one activity to the next, c opens its comment, a approves. The keys can be turned
// off (WCAG 2.1.4) and are silent while something is typed. It also counts what is typed and not saved yet.
const form = document.querySelector("#review");
const hint = document.querySelector("[data-keys]");
const toggle = document.querySelector("[data-keys-toggle]");
const rows = [...document.querySelectorAll(".s-activity[id]")];
const OFF = "sinergi-pintasan-mati";
let on = true;
try { on = localStorage.getItem(OFF) === null; } catch { /* private windows keep nothing */ }

function show() {
  toggle.textContent = on ? "Matikan pintasan" : "Nyalakan pintasan";
  toggle.setAttribute("aria-pressed", String(on));
}
if (hint) {
  hint.hidden = false;
  show();
  toggle.addEventListener("click", () => {
    on = !on;
    try { if (on) localStorage.removeItem(OFF); else localStorage.setItem(OFF, "1"); } catch { /* for this page only */ }
    show();
  });
}

let current = -1;
function go(step) {
  const focused = rows.findIndex((row) => row.contains(document.activeElement));
  current = Math.max(0, Math.min(rows.length - 1, (focused >= 0 ? focused : current) + step));
  rows[current].tabIndex = -1;
  rows[current].focus();
  rows[current].scrollIntoView({ block: "center" });
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (!on || !hint || typing || event.ctrlKey || event.metaKey || event.altKey || !rows.length) return;
  if (event.key === "j") go(1);
  else if (event.key === "k") go(-1);
  else if (event.key === "c") {
    const row = rows.find((one) => one.contains(document.activeElement)) ?? rows[Math.max(current, 0)];
    const details = row.querySelector(".s-activity__notes > details");
    if (!details) return;
    details.open = true;
    details.querySelector("textarea").focus();
  } else if (event.key === "a") {
    const approve = form.querySelector("[data-approve]");
    if (!approve) return;
    form.requestSubmit(approve);
  } else return;
  event.preventDefault();
});

const told = document.querySelector("[data-typed]");
const before = told?.innerHTML;
form.addEventListener("input", () => {
  const count = [...form.querySelectorAll("textarea")].filter((field) => field.value.trim()).length;
  if (!told) return;
  told.innerHTML = before;
  if (count) told.textContent = `${count} catatan belum dikirim.`;
});
