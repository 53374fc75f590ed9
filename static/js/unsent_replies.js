// At the workbench, what is typed and not sent stays in this browser, by the comment or the conflict that it is about. It is
// put back into its form when that is shown again; until then the rail and a note say that it is there.
const bench = document.getElementById("bench");
const mine = `unsent-reply:${bench?.dataset.unsentOf}:`;
const by = (id) => document.getElementById(id);
const formOf = (element) => element?.closest?.("form[data-keeps]");
const keyOf = (form) => mine + form.dataset.keeps;
const areas = (form) => [...form.querySelectorAll("textarea")];
const kept = () => Object.keys(localStorage).filter((key) => key.startsWith(mine));
const read = (key) => JSON.parse(localStorage.getItem(key) ?? "null");
// What was kept of fields that the form just sent did not show.
const asides = new Map();
let hasTyped = false;
let isDue = false;

// A form that the server sent back holds what was typed as its own words.
const isTyped = (form) => areas(form).some((area) => area.value.trim() && (form.hasAttribute("data-typed") || area.value !== area.defaultValue));

function remember(form) {
  if (!isTyped(form)) return localStorage.removeItem(keyOf(form));
  const fields = { ...read(keyOf(form))?.fields };
  for (const { name, value } of areas(form)) fields[name] = value;
  const choice = form.querySelector("[name=choice]:checked");
  if (choice) fields.choice = choice.value;
  localStorage.setItem(keyOf(form), JSON.stringify({ at: by("bench-at").value, about: form.dataset.about, fields }));
}

function putBack(form, fields = read(keyOf(form))?.fields) {
  for (const [name, value] of Object.entries(fields ?? {})) {
    const field = form.elements[name];
    if (name === "choice" && field) field.value = value;
    else if (field && field.value === field.defaultValue) field.value = value;
  }
}

function setAside(form) {
  const fields = { ...read(keyOf(form))?.fields };
  for (const { name } of areas(form)) delete fields[name];
  asides.set(keyOf(form), fields);
  localStorage.removeItem(keyOf(form));
}

function takeBack(form) {
  putBack(form, asides.get(keyOf(form)));
  remember(form);
}

function show() {
  isDue = false;
  const forms = [...bench.querySelectorAll("form[data-keeps]")];
  for (const form of forms) form.hasAttribute("data-typed") ? takeBack(form) : putBack(form);
  asides.clear();
  const shown = new Set(forms.map(keyOf));
  for (const old of document.querySelectorAll(".rail-unsent, .bench-unsent")) old.remove();
  for (const key of kept()) {
    const { at, about, fields } = read(key);
    sign(at);
    if (at === by("bench-at")?.value && !shown.has(key)) tell(key, about, fields);
  }
}

function sign(at) {
  const title = document.querySelector(`#bench-rail [id="at-${CSS.escape(at)}"] .contents-title`);
  if (title && !title.querySelector(".rail-unsent")) title.append(by("rail-unsent").content.cloneNode(true));
}

// The form is closed, or its comment has gone elsewhere: the words are there to be copied.
function tell(key, about, fields) {
  const note = by("bench-unsent").content.firstElementChild.cloneNode(true);
  note.querySelector("[data-about]").textContent = about;
  note.querySelector("[data-said]").textContent = ["reply", "office_text", "own", "text"].map((name) => fields[name]).filter(Boolean).join("\n\n");
  note.querySelector("button").addEventListener("click", () => { localStorage.removeItem(key); show(); });
  by("bench-cards").before(note);
}

// A round of sixty cards is heard of sixty times.
function soon() {
  if (!isDue) queueMicrotask(show);
  isDue = true;
}

if (bench) {
  bench.addEventListener("input", ({ target }) => {
    if (!formOf(target)) return;
    hasTyped = true;
    remember(formOf(target));
    soon();
  });
  // Before the form is replaced: it is kept again where the server sends back what was typed.
  document.addEventListener("htmx:beforeSwap", ({ detail: { requestConfig, shouldSwap, xhr } }) => {
    const form = formOf(requestConfig.elt);
    if (form && shouldSwap && requestConfig.verb === "post" && xhr.status < 400) setAside(form);
  });
  document.addEventListener("htmx:load", soon);
  window.addEventListener("beforeunload", (event) => hasTyped && kept().length && event.preventDefault());
  show();
}
