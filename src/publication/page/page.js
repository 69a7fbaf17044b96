"use strict";
for (const head of document.querySelectorAll("thead th")) {
  head.classList.add("sortable");
  head.addEventListener("click", () => {
    const table = head.closest("table"), column = [...head.parentNode.children].indexOf(head);
    const descending = head.getAttribute("aria-sort") === "ascending";
    for (const other of table.querySelectorAll("thead th")) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", descending ? "descending" : "ascending");
    const key = row => row.children[column] ? row.children[column].textContent.trim() : "";
    const order = (one, other) => {
      const a = parseFloat(one), b = parseFloat(other);
      return isNaN(a) || isNaN(b) ? one.localeCompare(other, "en") : a - b;
    };
    const body = table.tBodies[0], rows = [...body.rows];
    rows.sort((one, other) => (descending ? -1 : 1) * order(key(one), key(other)));
    body.append(...rows);
  });
}
const open = () => { const at = location.hash && document.getElementById(location.hash.slice(1)); if (at && at.tagName === "DETAILS") at.open = true; };
addEventListener("hashchange", open);
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach(one => { one.open = true; }));
open();
