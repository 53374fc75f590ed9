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
function showForm(row) {
  const panel = row?.querySelector(".comment-panel");
  if (!panel) return;
  if (getComputedStyle(panel).position === "fixed") row.scrollIntoView({ block: "start" });
  else panel.scrollIntoView({ block: "nearest" });
}
document.addEventListener("htmx:afterSettle", (event) => event.detail.elt.matches?.(".reading-row") && showForm(event.detail.elt));
addEventListener("load", () => showForm(document.querySelector(".reading-row--open")));

const links = () => document.querySelectorAll("#reading-contents a");
const inSight = new Set();

function follow() {
  const rows = [...document.querySelectorAll(".reading-row")];
  // A provision may have no line of its own in the contents; then the one before it is the place.
  const first = rows.findIndex((row) => inSight.has(row));
  const names = rows.slice(0, first + 1).map((row) => `#${row.id}`);
  const link = [...links()].findLast((one) => names.includes(one.hash));
  if (!link || link.hasAttribute("aria-current")) return;
  links().forEach((one) => one.removeAttribute("aria-current"));
  link.setAttribute("aria-current", "true");
  const rail = link.closest(".columns-rail");
  if (link.offsetTop < rail.scrollTop || link.offsetTop > rail.scrollTop + rail.clientHeight - 60) rail.scrollTop = link.offsetTop - 120;
}

const seen = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) isIntersecting ? inSight.add(target) : inSight.delete(target);
    follow();
  },
  { rootMargin: "-10% 0px -75% 0px" },
);
document.querySelectorAll(".reading-row").forEach((row) => seen.observe(row));
document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt.matches?.(".reading-row")) seen.observe(event.detail.elt);
  else if (event.detail.elt.id === "reading-contents") follow();
});
