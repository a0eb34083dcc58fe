// Columns as the page carries them: plain, with each value written once, or in groups that come together.

/** A reader for each column by its name: the value of a row. */
export function columnReaders({ groups, columns }) {
  const found = new Map();
  for (const [name, column] of Object.entries(columns)) found.set(name, reader(column));
  for (const group of groups) {
    for (const [name, column] of Object.entries(group.columns)) found.set(name, (row) => column[group.codes[row]]);
  }
  return found;
}

/** A reader of one column. */
export const reader = (column) => (column.codes ? (row) => column.values[column.codes[row]] : (row) => column[row]);
