"use strict";
// Sorting and filtering. Rows are whole <tbody> elements, so that an explanation stays with its row.
for (const section of document.querySelectorAll(".ranking")) {
  const tables = [...section.querySelectorAll("table.sortable")];
  const rows = (table) => [...table.tBodies];
  const value = (row, column) => {
    const cell = row.rows[0].cells[column];
    return cell.dataset.sort === undefined ? cell.textContent.trim() : Number(cell.dataset.sort);
  };
  const compare = (a, b) => (typeof a === "number" ? a - b : a.localeCompare(b));

  for (const table of tables) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        // Figures start with the largest, the rank and words with the smallest.
        const first = head.textContent === "Rank" || typeof value(rows(table)[0], column) === "string";
        const now = head.getAttribute("aria-sort");
        const up = now ? now === "descending" : first;
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        const sorted = rows(table).sort((a, b) => (up ? 1 : -1) * compare(value(a, column), value(b, column)));
        table.append(...sorted);
      });
    });
  }

  const tools = section.querySelector(".tools");
  const input = tools.querySelector("input");
  const hits = tools.querySelector(".hits");
  tools.hidden = false;
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const shown = new Set();
    for (const row of rows(tables[0])) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
      if (!row.hidden) shown.add(row.dataset.key);
    }
    for (const table of tables.slice(1)) {
      for (const row of rows(table)) row.hidden = !shown.has(row.dataset.key);
    }
    hits.textContent = words.length ? `${shown.size} of ${rows(tables[0]).length} rows` : "";
  });
}
