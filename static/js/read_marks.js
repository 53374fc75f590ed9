// A provision counts as read when it stood mostly in sight for a while. What was read is sent in batches, and is the reader's own matter.
const STAYS_MS = 1500;
const BATCH_MS = 3000;
const MOSTLY = 0.6;
const reading = document.querySelector("[data-read-marks]");
const timers = new Map();
const known = new Set();
let unsent = new Set();

const keyOf = (text) => text.closest(".reading-row").id.slice(2);
const pieceOf = (key) => document.querySelector(`[data-piece="${key}"]`);
const cookie = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";

function stay(text) {
  clearTimeout(timers.get(text));
  timers.set(text, setTimeout(() => read(keyOf(text)), STAYS_MS));
}

function read(key) {
  if (known.has(key) || !pieceOf(key)) return;
  known.add(key);
  if (pieceOf(key).matches(".read-piece--unread")) unsent.add(key);
  show();
}

// The server's foot and contents come anew with every act; what it cannot know yet is added to them.
function show() {
  for (const key of known) {
    pieceOf(key)?.classList.replace("read-piece--unread", "read-piece--read");
    document.querySelector(`#reading-contents a[href="#p-${key}"] .contents-mark--read`)?.removeAttribute("hidden");
  }
  const all = document.querySelectorAll(".read-piece").length;
  const still = document.querySelectorAll(".read-piece--unread").length;
  const count = document.querySelector("[data-read-count] strong");
  if (count) count.textContent = `${all - still}/${all}`;
}

async function send() {
  if (!unsent.size) return;
  const sent = unsent;
  unsent = new Set();
  const body = new URLSearchParams([...sent].map((key) => ["key", key]));
  const answer = await fetch(reading.dataset.readMarks, { method: "POST", body, keepalive: true, headers: { "X-CSRFToken": cookie() } }).catch(() => null);
  if (answer?.status !== 204) for (const key of sent) unsent.add(key);
}

const seen = new IntersectionObserver(
  (entries) => {
    for (const { target, intersectionRatio, intersectionRect, rootBounds } of entries) {
      const mostly = intersectionRatio >= MOSTLY || intersectionRect.height >= rootBounds.height / 2;
      if (mostly && !document.hidden) stay(target);
      else clearTimeout(timers.get(target));
    }
  },
  { rootMargin: "0px 0px -90px 0px", threshold: [0, 0.2, 0.4, MOSTLY, 0.8, 1] },
);

function watch(row) {
  const text = row.querySelector(".reading-text");
  seen.unobserve(text);
  seen.observe(text);
}
const watchAll = () => document.querySelectorAll(".reading-row").forEach(watch);

if (reading) {
  watchAll();
  document.addEventListener("htmx:load", (event) => {
    if (event.detail.elt.matches?.(".reading-row")) watch(event.detail.elt);
    else if (event.detail.elt.id === "reading-foot") show();
  });
  setInterval(send, BATCH_MS);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) return watchAll();
    timers.forEach((timer) => clearTimeout(timer));
    send();
  });
}
