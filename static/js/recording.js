// Keying in: the wording of a provision and what can be proposed for it are there as soon as it is chosen. Nothing is drawn
// anew under the hands of whoever types on, and what they type while a comment is on its way is the next one.
// It runs before the page is first shown, so that no key comes between.
{
  const form = document.querySelector(".record-form");
  const { at, wording, proposal_kind: kinds, category } = form.elements;
  const SAID = ["author", "source", "at", "body", "proposal_kind", "wording", "addition", "reason", "category", "position", "position_reason"];
  const SENT = `sent:${location.pathname}`;
  const AHEAD = `typed-ahead:${location.pathname}`;
  const PAUSE_MS = 1000; // after it a key in a choice begins a new word, as browsers have it
  const chosen = () => at.selectedOptions[0]?.dataset ?? {};
  const read = (key) => JSON.parse(sessionStorage.getItem(key));
  const write = (key, value) => sessionStorage.setItem(key, JSON.stringify(value));
  const values = () => Object.fromEntries(SAID.map((name) => [name, form.elements[name].value]));
  const goesOn = () => Date.now() - word.when < PAUSE_MS;
  let text = chosen().text ?? "";
  let isSent = false;
  let begun = "";
  let word = { typed: "", when: 0, goesOn: false };

  function take() {
    const { text: fresh = "", offers = "" } = chosen();
    if (!wording.value || wording.value === text) wording.value = fresh;
    text = fresh;
    for (const kind of kinds) {
      kind.disabled = !["", ...offers.split(" ")].includes(kind.value);
      kind.closest(".form-check").hidden = kind.disabled;
    }
    if ([...kinds].some((kind) => kind.disabled && kind.checked)) kinds[0].checked = true;
  }

  function put(said) {
    at.value = said.at;
    take();
    for (const [name, value] of Object.entries(said)) form.elements[name].value = value;
  }

  function blank() {
    const { author, source } = values();
    return { ...Object.fromEntries(SAID.map((name) => [name, ""])), author, source, category: category[0].value };
  }

  // Of a comment that comes back the words are in the form again; those typed ahead wait until it is taken.
  function typeOn(ahead) {
    sessionStorage.removeItem(AHEAD);
    put(ahead.said);
    word = { ...ahead.word, goesOn: true };
    const there = [...form.querySelectorAll(`[name="${ahead.name}"]`)];
    (there.find((one) => one.type === "radio" && one.checked) ?? there[0] ?? at).focus();
    // Other scripts come later than this one.
    document.addEventListener("DOMContentLoaded", () => form.dispatchEvent(new Event("input", { bubbles: true })));
  }

  function begin() {
    const ahead = read(AHEAD);
    if (ahead) return typeOn(ahead);
    put(blank());
    at.focus();
    begun = JSON.stringify(values());
  }

  form.addEventListener("submit", (event) => {
    if (isSent) return event.preventDefault();
    if (event.submitter?.value !== "next") return;
    isSent = true;
    write(SENT, values());
    // When the browser has read the form, and before the next key.
    form.addEventListener("formdata", begin, { once: true });
  });

  // comment_form.js listens too, but it may come later than the hand.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.stopPropagation();
    form.querySelector("[data-enter]").click();
  });

  window.addEventListener("pagehide", () => {
    const { activeElement: focused } = document;
    const isUntouched = JSON.stringify(values()) === begun && focused === at && !goesOn();
    if (isSent && !isUntouched) write(AHEAD, { said: values(), name: focused.name, word });
  });

  // A word that is begun in a choice while a comment is on its way is finished on the next page.
  form.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (!target.matches("select") || key.length > 1 || event.ctrlKey || event.metaKey || event.altKey) return;
    word = { typed: (goesOn() ? word.typed : "") + key, when: Date.now(), goesOn: isSent || (goesOn() && word.goesOn) };
    if (!word.goesOn) return;
    event.preventDefault();
    const found = [...target.options].find((option) => option.text.toLowerCase().startsWith(word.typed.toLowerCase()));
    if (!found) return;
    found.selected = true;
    target.dispatchEvent(new Event("input", { bubbles: true }));
  });

  at.addEventListener("input", take);
  // What was sent and never arrived is there again for whoever goes back.
  if (performance.getEntriesByType("navigation")[0]?.type !== "back_forward") sessionStorage.removeItem(SENT);
  window.addEventListener("pageshow", () => {
    if (read(SENT)) put(read(SENT));
    isSent = false;
    take();
  });
  take();
  if (read(AHEAD) && !read(SENT) && !document.querySelector("[data-error-summary]")) typeOn(read(AHEAD));
}
