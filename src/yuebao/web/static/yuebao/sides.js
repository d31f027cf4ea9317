// Two texts side by side: what one points at or tabs to is shown on both sides. Without this file the numbers lead there.

"use strict";

const numbersOf = (element) => (element.dataset.clause || "").split(" ");

function show(numbers) {
  for (const clause of document.querySelectorAll(".sides .clause")) {
    clause.classList.toggle("is-shown", numbersOf(clause).some((number) => number && numbers.includes(number)));
  }
}

for (const kind of ["mouseover", "focusin"]) {
  document.addEventListener(kind, (event) => {
    const at = event.target.closest && event.target.closest(".sides [data-clause]");
    if (at) show(numbersOf(at));
  });
}
