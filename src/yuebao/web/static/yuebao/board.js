// The board by hand: a line is dragged before another or to the end of a column, and the form of the board is sent. ↑↓ do the same by key.

"use strict";

const board = document.querySelector("form[data-movable]");
let held = null;

// the line that the held one would stand before, by where the pointer is; null: at the end
function lineBelow(list, y) {
  for (const line of list.querySelectorAll(".line")) {
    const box = line.getBoundingClientRect();
    if (line !== held && y < box.top + box.height / 2) return line;
  }
  return null;
}

function field(name, value) {
  const input = document.createElement("input");
  Object.assign(input, { type: "hidden", name, value });
  return input;
}

if (board) {
  board.addEventListener("dragstart", (event) => {
    held = event.target.closest(".line");
    if (held) { held.classList.add("held"); event.dataTransfer.effectAllowed = "move"; event.dataTransfer.setData("text/plain", held.dataset.item); }
  });
  board.addEventListener("dragend", () => { if (held) held.classList.remove("held"); held = null; });
  board.addEventListener("dragover", (event) => {
    const column = event.target.closest(".board-column");
    if (!held || !column) return;
    event.preventDefault();
    const list = column.querySelector("ol");
    list.insertBefore(held, lineBelow(list, event.clientY));
  });
  board.addEventListener("drop", (event) => {
    const column = event.target.closest(".board-column");
    if (!held || !column) return;
    event.preventDefault();
    const sent = document.createElement("form");
    sent.method = "post";
    sent.action = board.action;
    const next = held.nextElementSibling;
    const token = board.querySelector("input[name=csrfmiddlewaretoken]").value;
    sent.append(field("csrfmiddlewaretoken", token), field("item", held.dataset.item), field("column", column.dataset.column));
    if (next) sent.append(field("before", next.dataset.item));
    document.body.append(sent);
    sent.submit();
  });
}
