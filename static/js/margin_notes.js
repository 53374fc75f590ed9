// Beside a wide page the notes stand at the height of their provision, each below the one before, and do not stretch the text.
const reading = document.getElementById("reading");
const paper = reading?.querySelector(".reading-paper");
const wide = matchMedia("(min-width: 992px)");
const GAP = 4;

function place() {
  reading.classList.toggle("reading--afloat", wide.matches);
  const measures = [...paper.querySelectorAll(".reading-notes")].map((notes) => [notes, notes.parentElement.offsetTop, notes.offsetHeight]);
  let free = 0;
  for (const [notes, row, height] of measures) {
    const top = Math.max(row, free);
    notes.style.top = wide.matches ? `${top - row}px` : "";
    free = top + height + GAP;
  }
  paper.style.minHeight = wide.matches ? `${free}px` : "";
}

const sizes = new ResizeObserver(place);

function watch() {
  sizes.disconnect();
  sizes.observe(paper);
  paper.querySelectorAll(".reading-notes").forEach((notes) => sizes.observe(notes));
}

if (paper) {
  place();
  watch();
  document.addEventListener("htmx:afterSettle", watch);
}
