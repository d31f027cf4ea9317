// What plain forms cannot do by themselves. Every page works without this file.

"use strict";

// a form whose button says data-confirm asks before it is sent
document.addEventListener("submit", (event) => {
  const asked = event.submitter && event.submitter.dataset.confirm;
  if (asked && !window.confirm(asked)) event.preventDefault();
});

// a box with data-check-all ticks every box of that name within its form
document.addEventListener("change", (event) => {
  const name = event.target.dataset && event.target.dataset.checkAll;
  if (!name) return;
  for (const box of event.target.form.elements) if (box.type === "checkbox" && box.name === name) box.checked = event.target.checked;
});

// leaving a form with unsaved words (data-keep) is asked about
let unsaved = false;
document.addEventListener("input", (event) => { if (event.target.form && "keep" in event.target.form.dataset) unsaved = true; });
document.addEventListener("submit", () => { unsaved = false; });
window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });

// an answer to htmx that is an error is shown as any other: it says what to do
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status >= 400) { event.detail.shouldSwap = true; event.detail.isError = false; }
});
