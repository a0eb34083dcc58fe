// What rows can be narrowed down to by value: countries, actors. A row may have several values, or none.

/** A column as numbered values; `split` parts several that stand in one cell. */
export function facetOf(table, name, column, split = null) {
  const numbers = new Map();
  const codes = new Uint32Array(table.size);
  const cells = [];
  for (let row = 0; row < table.size; row++) {
    const cell = table.value(row, column) ?? "";
    if (!numbers.has(cell)) {
      numbers.set(cell, cells.length);
      cells.push({ values: split ? cell.split(split) : [cell], count: 0 });
    }
    codes[row] = numbers.get(cell);
    cells[codes[row]].count++;
  }
  return { name, codes, cells, counts: counted(cells), chosen: new Set() };
}

/** How many rows have each value, the most frequent first; rows without one last. */
function counted(cells) {
  const counts = new Map();
  for (const { values, count } of cells) for (const value of values) counts.set(value, (counts.get(value) ?? 0) + count);
  const order = ([a, n], [b, m]) => (a === "") - (b === "") || m - n || (a < b ? -1 : 1);
  return new Map([...counts].sort(order));
}

/** A test of rows: whether one has any of the chosen values; null where nothing is chosen. */
export function limit({ codes, cells, chosen }) {
  if (!chosen.size) return null;
  const fits = cells.map(({ values }) => values.some((value) => chosen.has(value)));
  return (row) => fits[codes[row]];
}
