// The keys of the workbench. They press what can also be clicked, on the comment that is marked.
const bench = document.getElementById("bench");
const MARKED = "bench-card--marked";
const typing = (target) => target.matches("input, textarea, select, [contenteditable]");
const cards = () => [...bench.querySelectorAll(".bench-card")];
const links = () => [...bench.querySelectorAll("#bench-rail a")];
const waits = (link) => link.querySelector(".rail-state--waiting, .rail-state--conflict");
// Of a field that a page of another place took away from under the hands: what they type on is no key of the page.
const REST_MS = 1500;
let marked = null;
let restsUntil = 0;

function card() {
  const focused = document.activeElement.closest?.(".bench-card");
  const kept = marked && document.getElementById(marked);
  return focused || kept || cards()[0];
}

function mark(found) {
  if (!found) return;
  for (const each of cards()) each.classList.toggle(MARKED, each === found);
  marked = found.id;
  found.focus({ preventScroll: true });
  found.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = cards();
  mark(all[Math.min(Math.max(all.indexOf(card()) + (marked ? by : 0), 0), all.length - 1)]);
}

function go(by, wanted = () => true) {
  const all = links();
  const at = all.findIndex((link) => link.hasAttribute("aria-current"));
  const rest = by > 0 ? all.slice(at + 1) : all.slice(0, Math.max(at, 0)).reverse();
  rest.find(wanted)?.click();
  marked = null;
}

// The form of a comment that has been answered is opened first.
function form() {
  const found = card()?.querySelector(".answer-form");
  if (!found) card()?.querySelector(".answer-again")?.click();
  return found;
}

const answer = (outcome) => form()?.querySelector(`[name="outcome"][value="${outcome}"]`)?.click();
const reply = () => form()?.querySelector('[name="reply"]')?.focus();

const ACTS = {
  j: () => step(1), k: () => step(-1),
  n: () => go(1), p: () => go(-1), w: () => go(1, waits),
  1: () => answer("accepted"), 2: () => answer("accepted_in_part"),
  3: () => answer("not_accepted"), 4: () => answer("noted"),
  r: reply, u: () => card()?.querySelector(".answer-back button")?.click(),
  "?": () => { const keys = document.getElementById("bench-keys"); keys.open = !keys.open; },
};

document.addEventListener("keydown", (event) => {
  if (!bench || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (typing(event.target)) {
    if (event.key === "Escape") mark(event.target.closest(".bench-card"));
    return;
  }
  const act = ACTS[event.key.toLowerCase()];
  if (!act || event.timeStamp < restsUntil) return;
  event.preventDefault();
  act();
});

document.addEventListener("htmx:beforeSwap", () => {
  const field = document.activeElement;
  if (!typing(field)) return;
  const rest = () => { if (!field.isConnected) restsUntil = performance.now() + REST_MS; };
  document.addEventListener("htmx:afterSettle", rest, { once: true });
});
