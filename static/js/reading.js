// The member's page: words that are selected can be commented on; the contents follow the reading.
const reading = document.getElementById("reading");
const offer = document.createElement("button");
offer.type = "button";
offer.className = "btn btn-primary btn-small quote-offer";
offer.hidden = true;

let chosen = null;

function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const start = range.startContainer.parentElement?.closest("[data-quotable]");
  if (!start || !start.contains(range.endContainer)) return null;
  const write = start.closest(".reading-row").querySelector("[data-write]");
  return write ? { range, text: start, write } : null;
}

// What a screen reader alone is told does not belong to the text.
function plain(range) {
  const piece = range.cloneContents();
  piece.querySelectorAll(".visually-hidden").forEach((words) => words.remove());
  return piece.textContent;
}

function quoted({ range, text }) {
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const words = plain(range);
  const spaces = words.length - words.trimStart().length;
  return { quote: words.trim(), start: [...plain(before)].length + spaces };
}

function offerQuote() {
  chosen = selected();
  offer.hidden = !chosen;
  if (!chosen) return;
  const place = chosen.range.getBoundingClientRect();
  offer.innerHTML = chosen.write.innerHTML;
  offer.style.left = `${Math.max(8, Math.min(place.left + scrollX, scrollX + innerWidth - 160))}px`;
  offer.style.top = `${place.bottom + scrollY + 10}px`;
}

let rest;
document.addEventListener("selectionchange", () => {
  clearTimeout(rest);
  rest = setTimeout(offerQuote, 150);
});

offer.addEventListener("click", () => {
  if (!chosen) return;
  const address = new URL(chosen.write.href);
  const { quote, start } = quoted(chosen);
  address.hash = "";
  address.searchParams.set("quote", quote);
  address.searchParams.set("start", start);
  const row = chosen.write.closest(".reading-row");
  getSelection().removeAllRanges();
  offer.hidden = true;
  htmx.ajax("GET", address.href, { target: row, swap: "outerHTML show:none" });
});

if (reading) document.body.append(offer);

// The form comes wholly into sight; where it is a sheet from below, the provision stays in sight above it.
document.addEventListener("htmx:afterSettle", (event) => {
  const row = event.detail.elt.matches?.(".reading-row") && event.detail.elt;
  const panel = row && row.querySelector(".comment-panel");
  if (!panel) return;
  if (getComputedStyle(panel).position === "fixed") row.scrollIntoView({ block: "start" });
  else panel.scrollIntoView({ block: "nearest" });
});

const links = () => document.querySelectorAll("#reading-contents a");
const seen = new IntersectionObserver(
  (entries) => {
    const top = entries.filter((entry) => entry.isIntersecting).map((entry) => entry.target.id)[0];
    const link = top && [...links()].find((one) => one.hash === `#${top}`);
    if (!link) return;
    links().forEach((one) => one.removeAttribute("aria-current"));
    link.setAttribute("aria-current", "true");
    const rail = link.closest(".columns-rail");
    if (link.offsetTop < rail.scrollTop || link.offsetTop > rail.scrollTop + rail.clientHeight - 60) rail.scrollTop = link.offsetTop - 120;
  },
  { rootMargin: "-10% 0px -75% 0px" },
);
document.querySelectorAll(".reading-row").forEach((row) => seen.observe(row));
document.addEventListener("htmx:load", (event) => event.detail.elt.matches?.(".reading-row") && seen.observe(event.detail.elt));
