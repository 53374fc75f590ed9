// Forms: the error summary takes the focus, text areas grow, a form is sent once, typing is not lost.
const wanted = document.querySelector("[data-error-summary], main [data-focus]");
wanted?.focus();
// The browser goes to the place that an address names after this, and leaves nothing focused.
addEventListener("load", () => {
  if (document.activeElement === document.body) wanted?.focus();
});

const grows = CSS.supports("field-sizing", "content");

function grow(area) {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}

if (!grows) {
  document.querySelectorAll("textarea").forEach(grow);
  document.addEventListener("input", (event) => event.target.matches("textarea") && grow(event.target));
  document.addEventListener("htmx:load", (event) => event.detail.elt.querySelectorAll("textarea").forEach(grow));
}

function lock(button) {
  button.dataset.words = button.innerHTML;
  button.textContent = document.body.dataset.busy;
  button.disabled = true;
}

function unlock(button) {
  button.innerHTML = button.dataset.words;
  button.disabled = false;
  delete button.dataset.words;
}

// Disabled only after the browser has read the form, or the button's own value would not be sent.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("data-download")) return;
  const button = event.submitter ?? form.querySelector("button[type=submit]");
  if (button?.matches("button")) setTimeout(() => lock(button));
});

window.addEventListener("pageshow", () => document.querySelectorAll("button[data-words]").forEach(unlock));

const unsaved = new Set();
const watched = (element) => element.closest?.("form[data-warn-unsaved]");

document.addEventListener("input", (event) => {
  const form = watched(event.target);
  if (form) unsaved.add(form);
});
document.addEventListener("submit", (event) => unsaved.delete(event.target), true);
document.addEventListener("htmx:afterRequest", (event) => {
  const form = watched(event.detail.elt);
  if (form && event.detail.successful) unsaved.delete(form);
  else if (form) unsaved.add(form);
});
window.addEventListener("beforeunload", (event) => {
  if ([...unsaved].some((form) => form.isConnected)) event.preventDefault();
});
