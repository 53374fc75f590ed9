// A long list of people gets a box that narrows it; tones and marks may be left out.
const bare = (words) => words.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "");

for (const list of document.querySelectorAll("[data-people]")) {
  const rows = [...list.querySelectorAll(".form-check")];
  const box = document.querySelector("template[data-people-search]")?.content.firstElementChild.cloneNode(true);
  if (!box || rows.length < 12) continue;
  list.querySelector(".choices").before(box);
  box.querySelector("input").addEventListener("input", (event) => {
    const wanted = bare(event.target.value).split(/\s+/);
    for (const row of rows) row.hidden = !wanted.every((word) => bare(row.textContent).includes(word)) && !row.querySelector(":checked");
  });
}
