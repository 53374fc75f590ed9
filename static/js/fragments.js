// Pieces of a page that htmx swaps in: where the focus goes, what is said when a request fails; menus close.
const toasts = document.getElementById("toasts");
const TOAST_MS = 7000;

// A session that ended answers with the sign-in page, which belongs in the whole window.
document.addEventListener("htmx:beforeSwap", (event) => {
  const answered = new URL(event.detail.xhr.responseURL || location.href, location.href);
  const asked = new URL(event.detail.pathInfo.requestPath, location.href);
  if (answered.pathname === asked.pathname || !answered.searchParams.has("next")) return;
  event.detail.shouldSwap = false;
  location.assign(`${answered.pathname}?next=${encodeURIComponent(location.pathname)}`);
});

// htmx 2.0.10 does not hear hx-push-url="false" where an element is boosted; the address takes its own place then.
document.addEventListener("htmx:beforeHistoryUpdate", ({ detail: { history, requestConfig } }) => {
  const said = requestConfig.elt.closest("[hx-push-url]")?.getAttribute("hx-push-url");
  if (said === "false") Object.assign(history, { type: "replace", path: location.pathname + location.search + location.hash });
});

// A piece that comes by the clock, without anybody's doing, leaves the focus where it is.
document.addEventListener("htmx:afterSettle", ({ detail: { elt: piece, requestConfig } }) => {
  const wanted = piece.matches("[data-focus]") ? piece : piece.querySelector("[data-error-summary], [data-focus]");
  if (wanted) focusOn(wanted);
  else if (requestConfig?.triggeringEvent && document.activeElement === document.body && piece.isConnected) focusOn(piece);
});

function focusOn(element) {
  if (element.tabIndex < 0) element.tabIndex = -1;
  element.focus({ preventScroll: element.getBoundingClientRect().top >= 0 });
}

function say(words, tone) {
  const note = document.createElement("p");
  note.className = `toast-note toast-note--${tone}`;
  note.textContent = words;
  toasts.append(note);
}

for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failure, () => say(document.body.dataset.failed, "danger"));
}

new MutationObserver((changes) => {
  for (const note of changes.flatMap((change) => [...change.addedNodes])) {
    if (note.nodeType === Node.ELEMENT_NODE) setTimeout(() => note.remove(), TOAST_MS);
  }
}).observe(toasts, { childList: true });

const openMenus = () => document.querySelectorAll("details[data-menu][open]");

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
