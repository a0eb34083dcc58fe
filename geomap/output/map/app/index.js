// The list of maps: search narrows it.

const search = document.getElementById("search");
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

if (search) {
  search.hidden = false;
  search.addEventListener("input", () => {
    const words = plain(search.value).split(/\s+/).filter(Boolean);
    for (const row of document.querySelectorAll("tbody tr")) {
      const text = plain(row.textContent);
      row.hidden = !words.every((word) => text.includes(word));
    }
  });
}
document.documentElement.dataset.ready = "true";
