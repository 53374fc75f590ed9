// A form with data-settles says "settled" when the hand rests, never in the middle of composing a letter (Telex, VNI).
// htmx then saves it and shows what its wording changes; the badge tells when that did not reach the server.
const REST_MS = 500;
const RETRY_MS = 15_000;
const waiting = new WeakMap();
const composing = new WeakSet();
const formOf = (element) => element.closest?.("form[data-settles]");

function settle(form, after = REST_MS) {
  clearTimeout(waiting.get(form));
  waiting.set(form, setTimeout(() => form.isConnected && !composing.has(form) && form.dispatchEvent(new CustomEvent("settled")), after));
}

function say(form, words, failed = false) {
  const badge = form.querySelector(".kept-words");
  if (!badge) return;
  badge.textContent = words;
  badge.className = failed ? "kept-words kept-words--failed" : "kept-words";
}

document.addEventListener("input", (event) => {
  const form = formOf(event.target);
  if (!form) return;
  const kept = form.querySelector(".kept");
  if (kept) say(form, kept.dataset.waiting);
  if (!event.isComposing) settle(form, event.target.matches("textarea, input[type=text]") ? REST_MS : 0);
});
document.addEventListener("compositionstart", (event) => formOf(event.target) && composing.add(formOf(event.target)));
document.addEventListener("compositionend", (event) => {
  const form = formOf(event.target);
  if (!form) return;
  composing.delete(form);
  settle(form);
});

for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(failure, (event) => {
    const badge = event.detail.elt;
    const form = badge.matches?.(".kept") && formOf(badge);
    if (!form) return;
    say(form, badge.dataset.failed, true);
    form.dataset.unsent = "yes";
    settle(form, RETRY_MS);
  });
}
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.successful && event.detail.elt.matches?.(".kept") && formOf(event.target);
  if (form) delete form.dataset.unsent;
});
window.addEventListener("online", () => document.querySelectorAll("form[data-unsent]").forEach((form) => settle(form, 0)));

document.addEventListener("keydown", (event) => {
  const form = formOf(event.target);
  if (!form || event.key !== "Enter") return;
  if (event.ctrlKey || event.metaKey) form.querySelector("[data-enter]").click();
  // Enter in a choice would press the first button of the form, whichever that is.
  else if (event.target.matches("input")) event.preventDefault();
});
