// What is done in the room is kept in this browser until the server has it, and sent in order, each act under its own token:
// through a dead network, an ended session, a closed lid it is done once, at the time at which it was done.
import { arrived, fetchPatiently, isLost, now, pulse } from "./room.js";

const RETRY_MS = 5_000;
const room = document.querySelector("[data-queue]");
const KEY = `room:${room.dataset.queue}`;
const DRAFT = `${KEY}:typed`;
const remark = document.getElementById("remark");
const NOT_SENT = ["csrfmiddlewaretoken", "token", "back", "do"];
let busy = false;

const load = () => JSON.parse(localStorage.getItem(KEY) ?? '{"waiting":[],"refused":[]}');
// `elements.item` is a method of the list and no field.
const itemOf = (form) => form.elements.namedItem("item");
const cookie = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";

function change(how) {
  const kept = load();
  how(kept);
  localStorage.setItem(KEY, JSON.stringify(kept));
  draw(kept);
}

// crypto.randomUUID is missing where the office's server speaks plain http.
function token() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

function fieldsOf(form, button) {
  const all = Object.fromEntries(new FormData(form, button));
  const [verb, attendee] = (all.do ?? "").split(":");
  const fields = all.do ? { ...all, verb, attendee } : all;
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !NOT_SENT.includes(name)));
}

function nameOf(fields) {
  const option = document.querySelector(`select[name=attendee] option[value="${CSS.escape(fields.attendee ?? "")}"]`);
  return option?.dataset.name ?? option?.textContent.trim() ?? "";
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-act]") && !waits(form)) return needsNetwork(event);
  event.preventDefault();
  const fields = fieldsOf(form, event.submitter);
  const what = event.submitter?.dataset.said ?? event.submitter?.textContent.trim() ?? "";
  const at = form === remark && remark.dataset.began ? Number(remark.dataset.began) : now();
  const act = { token: token(), acted_at: new Date(at).toISOString(), fields, what: [what, nameOf(fields)].filter(Boolean).join(": ") };
  change((kept) => kept.waiting.push(act));
  show(act, event.submitter, form);
  if (form === remark) clear();
  send();
}, true);

// Where the network is there, the answer may be a question (no quorum): the form goes its own way. Behind acts that wait it waits.
const waits = (form) => form.matches("form[data-away]") && (isLost() || load().waiting.length > 0);

// The rest needs an answer at once: without the network it is not tried, so that the page stays.
function needsNetwork(event) {
  if (!isLost() || !room.contains(event.target)) return;
  event.preventDefault();
  say(room.dataset.needsNetwork);
}

document.addEventListener("click", (event) => event.target.closest("a.btn:not([target])") && needsNetwork(event), true);

function offer() {
  for (const button of room.querySelectorAll("form:not([data-act], [data-away]) button")) {
    button.disabled = isLost();
    button.title = isLost() ? room.dataset.needsNetwork : "";
  }
}

function say(words, tone = "danger") {
  const note = document.createElement("p");
  note.className = `toast-note toast-note--${tone}`;
  note.textContent = words;
  document.getElementById("toasts").append(note);
}

// What was done is seen at once, before the server has said so.
function show({ fields, acted_at }, button, form) {
  if (form.matches("[data-away]")) return goOn(form.dataset.title, fields.verb === "open_item" ? fields.item : "");
  const seat = button?.closest(".seat");
  seat?.classList.add("is-sending");
  if (["arrive", "join_online", "come_in_person"].includes(fields.verb)) seat?.classList.replace("seat--open", "seat--there");
  if (fields.verb === "leave") seat?.classList.replace("seat--there", "seat--left");
  if (fields.verb === "call") speaks(fields.attendee, nameOf(fields), acted_at);
  if (fields.verb === "end") speaks("", "", "");
}

// The next acts belong to the item that was opened; what is known of it but its title comes with the network.
function goOn(title, item) {
  const matter = document.querySelector("[data-matter]");
  const heading = matter.querySelector(".matter-title");
  heading.textContent = title;
  matter.classList.add("is-sending");
  document.getElementById("room-agenda")?.classList.add("is-sending");
  for (const part of room.querySelectorAll("[data-of-item]")) part.hidden = true;
  for (const field of room.querySelectorAll("[data-away] [name=seen]")) field.value = item || 0;
  room.querySelector(".matter-line--current")?.classList.replace("matter-line--current", "matter-line--ended");
  for (const away of room.querySelectorAll("[data-away]")) {
    const ends = away.elements.verb.value === "end_item";
    if (ends) itemOf(away).value = item;
    away.hidden = ends ? !item : itemOf(away).value === item;
    if (item && away.hidden) away.closest(".matter-line")?.classList.add("matter-line--current");
  }
  speaks("", "", "");
  belongTo(item);
  heading.tabIndex = -1;
  heading.focus();
}

// Forms of the room follow the item; a remark that is being typed stays with its own.
function belongTo(item) {
  room.dataset.item = item;
  for (const field of document.querySelectorAll("form[data-act] > [name=item]")) if (field.form !== remark) field.value = item;
  if (!remark || remark.elements.text.value.trim()) return false;
  remark.hidden = !item;
  itemOf(remark).value = item;
  return true;
}

function speaks(attendee, name, since) {
  const line = document.querySelector("[data-speaks]");
  line?.closest("[data-part]").classList.add("is-sending");
  for (const ends of document.querySelectorAll("[name=ends]")) ends.value = attendee;
  if (!line) return;
  line.hidden = !attendee;
  line.querySelector("[data-name]").textContent = name;
  line.querySelector("[data-since]").dataset.since = since;
  const end = line.querySelector("button[name=do]");
  if (end) end.value = `end:${attendee}`;
}

async function send() {
  if (busy) return;
  busy = true;
  let sent = 0;
  for (let act = load().waiting[0]; act; act = load().waiting[0]) {
    if (!(await settle(act))) break;
    sent += 1;
  }
  busy = false;
  draw(load());
  if (sent) pulse();
}

async function settle(act) {
  const body = new URLSearchParams({ ...act.fields, token: act.token, acted_at: act.acted_at });
  const headers = { "X-CSRFToken": cookie(), "X-Queue": "1" };
  const answer = await fetchPatiently(room.dataset.act, { method: "POST", headers, body });
  if (!arrived(answer)) return false;
  const { refusal, note } = await answer.json();
  change((kept) => {
    kept.waiting = kept.waiting.filter((one) => one.token !== act.token);
    if (refusal) kept.refused.push({ ...act, why: refusal });
  });
  if (note) say(note, "warning");
  return true;
}

// How many wait, and what was refused, with the reason and the words that were typed.
function draw({ waiting, refused }) {
  const badge = document.getElementById("queue-badge");
  badge.hidden = !waiting.length || (busy && !isLost());
  badge.querySelector("[data-count]").textContent = waiting.length;
  document.getElementById("queue-waiting").replaceChildren(...waiting.map((act) => line("queue-line", act)));
  document.getElementById("queue-refused").replaceChildren(...refused.map((act) => line("queue-refusal", act)));
}

function line(template, act) {
  const node = document.getElementById(template).content.firstElementChild.cloneNode(true);
  const hour = new Date(act.acted_at).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
  const said = { when: hour, what: act.what, why: act.why, typed: act.fields.text || act.fields.reason || "" };
  for (const part of node.querySelectorAll("[data-say]")) part.textContent = said[part.dataset.say] ?? "";
  node.querySelector("[data-seen]")?.addEventListener("click", () => forget("refused", act));
  node.querySelector("[data-drop]")?.addEventListener("click", () => forget("waiting", act));
  return node;
}

function forget(list, act) {
  change((kept) => { kept[list] = kept[list].filter((one) => one.token !== act.token); });
}

// The item, the speaker and the provision follow the room, but not under somebody's hands.
function follow() {
  const floor = document.getElementById("room-floor");
  if (!floor || load().waiting.length) return;
  const { item, speaking, shown, label } = floor.dataset;
  for (const ends of document.querySelectorAll("[name=ends]")) ends.value = speaking;
  if (!belongTo(item)) return;
  remark.elements.shown.value = shown;
  remark.elements.provision.placeholder = label;
  if (speaking) remark.elements.attendee.value = speaking;
}

function clear() {
  remark.elements.text.value = "";
  remark.elements.provision.value = "";
  delete remark.dataset.began;
  localStorage.removeItem(DRAFT);
  follow();
}

function keepTyped() {
  const { text, provision, attendee } = remark.elements;
  if (!text.value.trim()) return clear();
  remark.dataset.began ??= now();
  const typed = { text: text.value, provision: provision.value, attendee: attendee.value, item: itemOf(remark).value, began: remark.dataset.began };
  localStorage.setItem(DRAFT, JSON.stringify(typed));
}

function bringBack() {
  const typed = JSON.parse(localStorage.getItem(DRAFT) ?? "null");
  if (!typed || remark.elements.text.value) return;
  for (const name of ["text", "provision", "attendee", "item"]) remark.elements.namedItem(name).value = typed[name];
  remark.dataset.began = typed.began;
}

if (remark) {
  remark.elements.text.addEventListener("input", keepTyped);
  remark.elements.text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (event.target.value.trim()) remark.requestSubmit(remark.querySelector("button[type=submit]"));
  });
  bringBack();
}

document.addEventListener("room:taken", follow);
document.addEventListener("room:taken", offer);
document.addEventListener("room:lost", offer);
document.addEventListener("room:reload", () => {
  if (!load().waiting.length && !remark?.elements.text.value.trim()) location.reload();
});
document.getElementById("seat-search")?.addEventListener("input", (event) => {
  const wanted = event.target.value.trim().toLocaleLowerCase("vi");
  for (const seat of document.querySelectorAll(".seat")) seat.hidden = !seat.dataset.name.includes(wanted);
});
window.addEventListener("online", send);
setInterval(() => load().waiting.length && send(), RETRY_MS);
draw(load());
send();
