// The editor: what is being typed in one row stays when the list is put in anew; splitting at the cursor; saving by keyboard.
const dirty = new Set();
const rowOf = (element) => element.closest?.(".editor-row");

document.addEventListener("input", (event) => {
  const row = rowOf(event.target);
  if (row) dirty.add(row);
});

// The row asked from is answered by the list itself; other rows with typed text go into the new list as they are.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.id !== "editor") return;
  const asked = rowOf(event.detail.requestConfig.elt);
  const kept = [...dirty].filter((row) => row.isConnected && row !== asked && row.querySelector("textarea"));
  if (kept.length) document.addEventListener("htmx:afterSettle", () => kept.forEach(putBack), { once: true });
});

function putBack(row) {
  const fresh = document.getElementById(row.id);
  const number = fresh?.querySelector(".provision-number")?.textContent;
  if (number) row.querySelector(".provision-number")?.replaceChildren(number);
  if (fresh) fresh.replaceWith(row);
  else document.getElementById("editor").prepend(row);
  htmx.process(row);
}

document.addEventListener("keydown", (event) => {
  const form = rowOf(event.target) && event.target.form;
  if (form && event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});

function offerCut(root) {
  root.querySelectorAll("[data-cut]").forEach((button) => (button.hidden = false));
}

document.addEventListener("click", (event) => {
  const form = event.target.closest("[data-cut]")?.form;
  if (!form) return;
  const { first, second } = form.elements;
  const at = first.selectionStart;
  second.value = [first.value.slice(at).trim(), second.value].filter(Boolean).join("\n");
  first.value = first.value.slice(0, at).trimEnd();
  second.focus();
});

offerCut(document);
document.addEventListener("htmx:load", (event) => offerCut(event.detail.elt));
