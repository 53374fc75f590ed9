// Parts of a page that are brought anew while somebody works on it: what is being typed is left alone, and the focus stays.
export const served = new WeakMap();

// A part as the server sent it, without what differs from one sending to the next or was added here.
export function words(part) {
  const copy = part.cloneNode(true);
  for (const token of copy.querySelectorAll("[name=csrfmiddlewaretoken], [name=token]")) token.remove();
  for (const name of ["style", "data-focus", "hx-swap-oob"]) for (const one of [copy, ...copy.querySelectorAll(`[${name}]`)]) one.removeAttribute(name);
  return copy.outerHTML;
}

export function isChanged(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.matches("select")) return field.selectedIndex !== Math.max([...field.options].findIndex((option) => option.defaultSelected), 0);
  return field.value !== field.defaultValue;
}

// Typed, sent back by the server with what was typed, or about to be typed.
export function isInUse(part) {
  const fields = [...part.querySelectorAll("input, textarea, select")];
  return fields.some(isChanged) || part.querySelector("[data-typed]") || part.querySelector("form :focus");
}

export function put(fresh, place) {
  served.set(fresh, words(fresh));
  place(fresh);
  window.htmx?.process(fresh);
  return fresh;
}

export function replace(old, fresh) {
  const focused = old.contains(document.activeElement) && document.activeElement;
  for (const open of old.querySelectorAll("details[open]")) {
    const same = fresh.querySelector(`details.${CSS.escape(open.classList[0] ?? "_")}`);
    if (same) same.open = true;
  }
  const scrolled = [...old.querySelectorAll("[data-scrolls]")].map((one) => [one.id, one.scrollTop]);
  put(fresh, (node) => old.replaceWith(node));
  for (const [id, top] of scrolled) document.getElementById(id)?.scrollTo(0, top);
  if (focused) again(focused, fresh).focus({ preventScroll: true });
  return fresh;
}

// Where the focus was: the same element by its id, address or value, else the part itself.
function again(focused, fresh) {
  if (focused.id && focused.id === fresh.id) return fresh;
  const address = focused.getAttribute("href");
  const ways = [focused.id && `#${CSS.escape(focused.id)}`, address && `[href="${CSS.escape(address)}"]`, focused.name && `[name="${CSS.escape(focused.name)}"][value="${CSS.escape(focused.value)}"]`];
  const same = ways.filter(Boolean).map((way) => fresh.querySelector(way)).find(Boolean);
  if (!same && fresh.tabIndex < 0) fresh.tabIndex = -1;
  return same || fresh;
}
