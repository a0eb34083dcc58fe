// What the articles of a store tell of each event, unpacked block by block when it is asked for.

import { data, unpackBlock } from "./page.js";
import { columnReaders, reader } from "./columns.js";

const QUOTATION = ["source_sentence", "trigger_at", "trigger_length", "mention_at", "mention_length"];
const OF_EVENT = ["place", "date_start", "date_end", "category"]; // left out where the event says the same

/** The tellings of the table's events. */
export function createTold(table) {
  const waiting = [];
  const blocks = [];
  const load = (number) => (waiting[number] ??= unpackBlock(`told-${number}`).then((packed) => (blocks[number] = blockOf(packed))));
  const blockNumber = (row) => table.value(row, "told_block");

  /** The tellings of a row, each as a function from a column's name to its value. */
  function of(row) {
    const block = blocks[blockNumber(row)];
    if (!block) return [];
    const from = table.value(row, "told_from");
    return Array.from({ length: table.value(row, "tellings") }, (_, index) => telling(block, row, from + index, index === 0));
  }

  function telling(block, row, at, first) {
    const own = (name) => {
      if (name === "source_title") return block.columns.get("link")(at)[0];
      if (name === "source_url") return swapped(block.columns.get("link")(at)[1]);
      return block.columns.get(name)?.(at) ?? null;
    };
    const value = (name) => (first && QUOTATION.includes(name) ? table.value(row, name) : own(name));
    const whole = (name) => value(name) ?? (OF_EVENT.includes(name) ? table.value(row, name) : null);
    const reasons = () => [...block.reasons].map(([name, tenths]) => [name, (tenths(at) ?? 0) / 10]).filter(([, weight]) => weight);
    return { value, whole, reasons, first };
  }

  return {
    of,
    /** What to wait for before the tellings of a row are there; null where they are. */
    wait: (row) => (blocks[blockNumber(row)] ? null : load(blockNumber(row))),
    /** Unpack everything, a block at a time. */
    async all() {
      for (let number = 0; number < data.told; number++) await load(number);
    },
    /** The words of a row's tellings that its own columns do not hold, for the search. */
    words: (row) => of(row).flatMap(({ value, first }) => [value("source_title"), first ? "" : value("source_sentence"), value("attributed_to")]),
  };
}

/** An address as it was: it is carried with spaces for hyphens and hyphens for spaces. */
const swapped = (address) => address?.replace(/[- ]/g, (sign) => (sign === "-" ? " " : "-")) ?? null;

function blockOf(packed) {
  const reasons = new Map(Object.entries(packed.reasons).map(([name, column]) => [name, reader(column)]));
  return { columns: columnReaders(packed), reasons };
}
