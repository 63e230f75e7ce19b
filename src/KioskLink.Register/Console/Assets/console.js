// Nothing here is needed: every page and form works without script. It adds "/" for the search, scanners' Enter, and live parts.
"use strict";

// "/" goes to the search, unless something is being typed; people who type by voice switch it off on the page of keys.
document.addEventListener("keydown", event => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.body.dataset.slash === "off" || event.target.closest("input, textarea, select, [contenteditable]")) return;
  const search = document.querySelector("[data-slash] input[type=search]");
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
});

// Enter goes on to the next field that is scanned: a scanner ends what it reads with it.
document.addEventListener("keydown", event => {
  if (event.key !== "Enter" || event.isComposing || !event.target.matches("[data-scan]")) return;
  const fields = [...event.target.form.querySelectorAll("[data-scan]")];
  const next = fields[fields.indexOf(event.target) + 1];
  if (!next) return;
  event.preventDefault();
  next.focus();
});

// A form is sent once: a second press of the button would ban somebody twice.
document.addEventListener("submit", event => {
  if (event.target.dataset.sent) { event.preventDefault(); return; }
  event.target.dataset.sent = "yes";
  setTimeout(() => delete event.target.dataset.sent, 5000);
});

// A live part says where its news come from; only what has changed is put in, so that focus and reading place stay.
for (const part of document.querySelectorAll("[data-live-from]")) {
  const news = new EventSource(part.dataset.liveFrom);
  const state = document.querySelector("[data-live-state]");
  news.onopen = () => { if (state) state.hidden = true; };
  news.onerror = () => { if (state) state.hidden = false; };
  news.addEventListener("end", () => { news.close(); location.reload(); });
  news.addEventListener("full", () => { news.close(); if (state) state.hidden = false; });
  news.onmessage = event => {
    const fresh = new DOMParser().parseFromString(event.data, "text/html");
    const before = [...part.querySelectorAll("[data-row]")].map(row => row.dataset.row).join();
    const after = [...fresh.querySelectorAll("[data-row]")].map(row => row.dataset.row).join();
    if (before !== after) { part.innerHTML = fresh.body.innerHTML; return; }
    for (const cell of fresh.querySelectorAll("[data-cell]")) {
      const shown = part.querySelector(`[data-cell="${CSS.escape(cell.dataset.cell)}"]`);
      if (shown && shown.innerHTML !== cell.innerHTML) {
        shown.innerHTML = cell.innerHTML;
        shown.classList.remove("fresh");
        void shown.offsetWidth;
        shown.classList.add("fresh");
      }
    }
  };
  addEventListener("pagehide", () => news.close());
}
