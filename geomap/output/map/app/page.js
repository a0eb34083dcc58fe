// What the page carries: its data and basemap as JSON, and, packed, the article's report or the archive.

import { unpackJson } from "./codec.js";

const read = (name) => document.getElementById(`geomap-${name}`)?.textContent;

/** Settings, words and, for one article, its incidents. The report is added by `loadPage`. */
export const data = JSON.parse(read("data"));

/** The packed basemap. */
export const basemap = JSON.parse(read("basemap"));

/** Unpack one of the page's blocks. */
export const unpackBlock = (name) => unpackJson(read(name));

/** Unpack the report of an article, or the incidents of an archive. */
export async function loadPage() {
  const [report, archive] = [read("report"), read("archive")];
  data.report = report ? await unpackJson(report) : null;
  if (archive) data.incidents = await unpackJson(archive);
}
