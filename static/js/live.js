// Several officers at one workbench: what the others do arrives by the pulse. A part of the page that somebody types in
// is left alone, and says that it has changed; scroll and focus stay where they are.
import { isInUse, put, replace, served, words } from "./parts.js";

const LISTS = ["bench-main", "bench-cards", "bench-rail"];
const WHOLES = ["bench-state", "bench-neighbours", "bench-foot"];
const ACTS = ".answer-form, .answer-again, .answer-back, .place-form, .place-open, .thread-ask, input, textarea, select, button";
let overtaken = false;
const by = (id) => document.getElementById(id);
const isPulse = (event) => event.detail.elt?.id === "bench-pulse";

const parts = () => [...LISTS.flatMap((id) => [...(by(id)?.children ?? [])]), ...WHOLES.map(by).filter(Boolean)];

function remember() {
  for (const part of parts()) if (!served.has(part)) served.set(part, words(part));
}

function note(part, template) {
  part.querySelector(":scope > .bench-changed")?.remove();
  const line = by(template).content.firstElementChild.cloneNode(true);
  part.append(line);
  return line;
}

// What is new there, to be read beside what is being typed. The form keeps the old version, so that the server refuses what
// is decided without having seen it.
function offer(part, fresh) {
  const known = new Set([...part.children].map(words));
  const now = fresh.cloneNode(true);
  for (const child of [...now.children]) if (known.has(words(child))) child.remove();
  const shown = now.querySelector(".answer, .thread, .dispute-choices") ? now : fresh.cloneNode(true);
  for (const act of shown.querySelectorAll(ACTS)) act.remove();
  for (const one of shown.querySelectorAll("[id]")) one.removeAttribute("id");
  note(part, "bench-changed").querySelector(".bench-changed-now").append(...shown.childNodes);
}

// Gives the part that stands there in the end.
function renew(old, fresh) {
  if (served.get(old) === words(fresh) || old.querySelector("[data-opened]")) return old;
  if (!isInUse(old)) return replace(old, fresh);
  offer(old, fresh);
  return old;
}

function keyed(list) {
  const found = new Map();
  for (const part of list?.children ?? []) {
    const key = part.id || part.querySelector("a")?.getAttribute("href") || part.className;
    found.set(found.has(key) ? `${key} ${found.size}` : key, part);
  }
  return found;
}

// New parts come to where the server has them; those that stand here are never moved, since that would take the focus away.
function merge(old, fresh) {
  const standing = keyed(old);
  let last = null;
  for (const [key, part] of keyed(fresh)) {
    const behind = last;
    if (standing.has(key)) last = renew(standing.get(key), part);
    else last = put(part, (node) => (behind ? behind.after(node) : old.prepend(node)));
    standing.delete(key);
  }
  for (const gone of standing.values()) drop(gone);
}

function drop(part) {
  if (isInUse(part)) note(part, "bench-gone");
  else if (!part.contains(document.activeElement)) part.remove();
}

function take(html) {
  const answer = new DOMParser().parseFromString(html, "text/html");
  for (const id of LISTS) if (by(id) && answer.getElementById(id)) merge(by(id), answer.getElementById(id));
  for (const id of WHOLES) if (by(id) && answer.getElementById(id)) renew(by(id), answer.getElementById(id));
  by("toasts").append(...answer.querySelectorAll("[data-toast]"));
  htmx.trigger(document.body, "htmx:load");
}

// The answer to a choice brings the row of what was chosen alone.
function showWhereWeAre() {
  const here = `at-${by("bench-at")?.value}`;
  for (const link of document.querySelectorAll("#bench-rail a[aria-current]")) if (link.parentElement.id !== here) link.removeAttribute("aria-current");
}

function showWhereOthersAre() {
  for (const old of document.querySelectorAll(".rail-neighbour")) old.remove();
  for (const { dataset } of document.querySelectorAll("#bench-neighbours [data-place]")) {
    const link = dataset.place && document.querySelector(`#bench-rail a[href*="at=${CSS.escape(dataset.place)}"]`);
    if (!link) continue;
    const who = document.createElement("span");
    who.className = "rail-neighbour";
    who.textContent = dataset.note;
    link.querySelector(".contents-title").append(who);
  }
}

function say(template) {
  const line = by("bench-lost");
  if (line.dataset.says === template) return;
  line.dataset.says = template;
  line.replaceChildren(...(template ? [by(template).content.cloneNode(true)] : []));
}

const isLogin = ({ xhr, pathInfo }) => new URL(xhr.responseURL, location.href).pathname !== new URL(pathInfo.requestPath, location.href).pathname;

// Before the rest of the page hears of it: a pulse that fails or meets the sign-in page must not disturb the work.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.requestConfig?.elt.id !== "bench-pulse") return;
  event.stopImmediatePropagation();
  event.detail.shouldSwap = false;
  if (isLogin(event.detail)) return say("bench-signed-out");
  if (event.detail.xhr.status >= 400) return;
  say("");
  if (event.detail.xhr.status === 200 && !overtaken) take(event.detail.serverResponse);
}, true);

for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failure, (event) => {
    if (!isPulse(event)) return;
    event.stopImmediatePropagation();
    say("bench-lost-words");
  }, true);
}

// No pulse from a page that nobody looks at, nor while an act is on its way: its answer is newer.
document.addEventListener("htmx:beforeRequest", (event) => {
  const mustWait = document.hidden || document.querySelector("#bench .htmx-request");
  if (isPulse(event) && mustWait) event.preventDefault();
  else overtaken = !isPulse(event);
});

// A new sign-in in another tab gave a new token.
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
  if (isPulse(event) && token) event.detail.headers["X-CSRFToken"] = token;
});

// What an act brings takes the place of everything; what is being typed elsewhere is put back into it.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target.id !== "bench-main" || !detail.shouldSwap) return;
  const at = by("bench-at").value;
  const kept = parts().filter((part) => part.id && isInUse(part) && !part.contains(detail.requestConfig.elt));
  const typing = kept.some((part) => part.contains(document.activeElement)) && document.activeElement;
  if (kept.length) document.addEventListener("htmx:afterSwap", () => by("bench-at")?.value === at && goOn(kept, typing), { once: true });
});

// Within the task of the swap, so that no key that is pressed meanwhile goes elsewhere.
function goOn(kept, typing) {
  kept.forEach(putBack);
  if (!typing) return;
  for (const wanted of document.querySelectorAll("#bench [data-focus]")) wanted.removeAttribute("data-focus");
  typing.focus({ preventScroll: true });
}

function putBack(part) {
  const fresh = by(part.id);
  if (!fresh || fresh === part) return;
  if (served.get(part) !== words(fresh)) offer(part, fresh);
  fresh.replaceWith(part);
  htmx.process(part);
}

const pulse = () => by("bench-pulse") && htmx.trigger(by("bench-pulse"), "pulse");
document.addEventListener("visibilitychange", () => document.hidden || pulse());
document.addEventListener("htmx:load", () => { remember(); showWhereWeAre(); showWhereOthersAre(); });
document.addEventListener("htmx:afterSettle", (event) => event.detail.elt.id === "bench-main" && pulse());
remember();
showWhereOthersAre();
