// Results while somebody types into a field of the search, by htmx, which comes with the first turn to such a field. The
// server answers with what the page shows, too; without this the form leads there.
const live = Object.assign(document.createElement("p"), { className: "visually-hidden" });
live.setAttribute("role", "status");
document.body.append(live);

const fieldOf = (element) => element?.closest?.("[data-search]");
const panelOf = (field) => document.querySelector(field.dataset.search);

export function start(field) {
  if (window.htmx || document.querySelector("script[data-for-search]")) return;
  if (!document.querySelector("meta[name=htmx-config]")) {
    const settings = { includeIndicatorStyles: false, allowEval: false };
    document.head.append(Object.assign(document.createElement("meta"), { name: "htmx-config", content: JSON.stringify(settings) }));
  }
  const script = Object.assign(document.createElement("script"), { src: field.dataset.htmx });
  script.dataset.forSearch = "";
  script.onload = () => field.value && htmx.trigger(field, "search");
  script.onerror = () => script.remove(); // a weak line: the next turn to the field tries again
  document.head.append(script);
}

// Shown for the text that stands in the field now; an answer to an earlier one says so.
document.addEventListener("htmx:afterSwap", ({ target }) => {
  const field = [...document.querySelectorAll("[data-search]")].find((one) => panelOf(one) === target);
  if (!field) return;
  target.hidden = !field.value.trim();
  target.dataset.text = target.querySelector("[data-found]")?.dataset.found ?? "";
  live.textContent = target.querySelector("[data-number]")?.textContent ?? "";
});

// Enter opens what was typed exactly: a code, a number or a name.
document.addEventListener("keydown", (event) => {
  const field = fieldOf(event.target);
  if (!field) return;
  const panel = panelOf(field);
  const exact = panel.dataset.text === field.value.trim() && panel.querySelector("[data-exact]");
  if (event.key === "Enter" && exact) {
    event.preventDefault();
    exact.click();
  } else if (event.key === "Escape" && panel.matches("[data-fold]")) panel.hidden = true;
});

// The panel below the field of the top bar goes with the focus.
for (const panel of document.querySelectorAll("[data-fold]")) {
  panel.closest("form").addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !panel.closest("form").contains(relatedTarget)) panel.hidden = true;
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (!panel.closest("form").contains(target)) panel.hidden = true;
  });
}
