// A page of the room: it asks every few seconds what has changed, counts the seconds, and says when the network is away.
// data-pulse: the address to ask; data-mark: the state shown; data-now: the server's clock as the page was made.
import { isInUse, replace, served, words } from "./parts.js";

const EVERY_MS = 4_000;
const PATIENCE_MS = 10_000;
const place = document.querySelector("[data-pulse]");
const shift = Date.parse(place.dataset.now) - Date.now();
let mark = place.dataset.mark;
let asking = false;
let again = false;

export const now = () => Date.now() + shift;

// "", "away" or "signed-out".
export function lose(how) {
  const line = document.getElementById("lost");
  if (line.dataset.how === how) return;
  line.dataset.how = how;
  for (const one of line.children) one.hidden = one.dataset.lost !== how;
  document.dispatchEvent(new CustomEvent("room:lost"));
}

export const isLost = () => Boolean(document.getElementById("lost").dataset.how);

export function fetchPatiently(address, options = {}) {
  return fetch(address, { ...options, signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => null);
}

// What the answer says about the way to the server; true where it can be used.
export function arrived(answer) {
  if (answer?.redirected || answer?.status === 403) lose("signed-out");
  else lose(answer?.ok ? "" : "away");
  return !isLost();
}

export async function pulse() {
  if (asking) return void (again = true);
  asking = true;
  const answer = await fetchPatiently(`${place.dataset.pulse}?${new URLSearchParams([["mark", mark], ...doubtful()])}`);
  asking = false;
  if (arrived(answer) && answer.status === 200) take(await answer.text());
  if (again) [again] = [false, pulse()];
}

// Parts that show what the server may have refused.
function doubtful() {
  return [...document.querySelectorAll(".is-sending")].map((part) => ["part", part.id]);
}

function take(html) {
  const answer = new DOMParser().parseFromString(html, "text/html");
  // Parts that are put on the page leave the answer, and the mark may stand on one of them.
  const reached = answer.querySelector("[data-mark]").dataset.mark;
  const fresh = [...answer.querySelectorAll("[data-part]")].filter((part) => document.getElementById(part.id));
  const left = fresh.filter((part) => !renew(document.getElementById(part.id), part));
  // What is being typed in is brought again with the next pulse.
  if (!left.length) mark = reached;
  if (answer.querySelector("[data-reload]")) document.dispatchEvent(new CustomEvent("room:reload"));
  document.dispatchEvent(new CustomEvent("room:taken"));
  count();
}

function renew(old, fresh) {
  if (served.get(old) === words(fresh) && !old.classList.contains("is-sending")) return true;
  if (isInUse(old)) return false;
  replace(old, fresh);
  return true;
}

function clock(seconds) {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return (parts[0] ? parts : parts.slice(1)).map((part) => String(part).padStart(2, "0")).join(":");
}

function count() {
  for (const timer of document.querySelectorAll("[data-since]")) {
    if (!timer.dataset.since) continue;
    const seconds = Math.max(Math.floor((now() - Date.parse(timer.dataset.since)) / 1000), 0);
    timer.textContent = clock(seconds);
    if (timer.dataset.limit) timer.classList.toggle("is-over", seconds > timer.dataset.limit * 60);
  }
}

for (const part of document.querySelectorAll("[data-part]")) served.set(part, words(part));
setInterval(() => document.hidden || pulse(), EVERY_MS);
setInterval(count, 1_000);
document.addEventListener("visibilitychange", () => document.hidden || pulse());
window.addEventListener("online", () => pulse());
window.addEventListener("offline", () => lose("away"));
count();
