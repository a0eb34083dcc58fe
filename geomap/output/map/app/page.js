// What the page carries: one block of data, read once.

/** The data block. */
export const data = JSON.parse(document.getElementById("geomap-data").textContent);

/** The packed basemap. */
export const basemap = JSON.parse(document.getElementById("geomap-basemap").textContent);

/** The gzip of many reports' columns, where the page shows an archive. */
export const archive = () => document.getElementById("geomap-archive")?.textContent ?? null;
