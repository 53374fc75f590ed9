// What is typed stays in this browser until the server has it: through a dead network, an ended session, a closed lid.
// It is sent again under the token of its form, so that it becomes one comment however often it is sent.
const KEY = "unsent:";
const RETRY_MS = 15_000;
const place = document.querySelector("[data-unsent-of]");
const mine = `${KEY}${place?.dataset.unsentOf}:`;
const formOf = (element) => element.closest?.("form[data-settles]");
const keyOf = (form) => `${mine}${form.elements.token.value}:${form.elements.writer.value}`;
const cookie = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";

function typed(form) {
  const fields = [...new FormData(form)].filter(([name]) => !["csrfmiddlewaretoken", "act", "seen"].includes(name));
  return new URLSearchParams(fields).toString();
}

function remember(form) {
  localStorage.setItem(keyOf(form), JSON.stringify({ address: form.querySelector(".kept").getAttribute("hx-post"), fields: typed(form) }));
}

function forget(form, sent) {
  const kept = JSON.parse(localStorage.getItem(keyOf(form)) ?? "null");
  if (kept && (!sent || kept.fields === sent)) localStorage.removeItem(keyOf(form));
}

document.addEventListener("input", (event) => place && formOf(event.target)?.querySelector(".kept") && remember(formOf(event.target)));

document.addEventListener("htmx:configRequest", (event) => {
  const form = formOf(event.detail.elt) ?? event.detail.elt.closest?.("[data-unsent-of] form");
  if (!form || event.detail.verb !== "post") return;
  // A new sign-in in another window gave a new token, which the form on this page cannot know.
  event.detail.headers["X-CSRFToken"] = cookie();
  event.detail.parameters.delete?.("csrfmiddlewaretoken");
  delete event.detail.parameters.csrfmiddlewaretoken;
  if (event.detail.elt.matches(".kept")) event.detail.elt.sent = typed(form);
});

// While it saves by itself, an ended session must not take the page with its form away.
document.addEventListener("htmx:beforeSwap", askToSignIn, true);

function askToSignIn(event) {
  const { requestConfig, xhr } = event.detail;
  const form = requestConfig.elt !== formOf(requestConfig.elt) && formOf(requestConfig.elt);
  const badge = form && form.querySelector(".kept");
  if (!badge || !new URL(xhr.responseURL).searchParams.has("next")) return;
  event.stopImmediatePropagation();
  event.detail.shouldSwap = false;
  const way = document.createElement("a");
  way.href = `${new URL(xhr.responseURL).pathname}?next=/`;
  way.target = "_blank";
  way.textContent = badge.dataset.signIn;
  const words = badge.querySelector(".kept-words");
  words.replaceChildren(way);
  words.className = "kept-words kept-words--failed";
  if (requestConfig.elt === badge) setTimeout(() => htmx.trigger(form, "settled"), RETRY_MS);
}

// Before the badge is replaced, for then it no longer knows its form.
document.addEventListener("htmx:beforeOnLoad", ({ detail: { elt, xhr } }) => {
  const form = formOf(elt);
  if (form && elt.matches(".kept") && xhr.responseText.includes("kept-words--done")) forget(form, elt.sent);
});
// A row came back, and not the page to sign in.
document.addEventListener("htmx:afterRequest", ({ detail: { elt, successful, xhr } }) => {
  if (successful && elt.matches("form[data-settles]") && xhr.getResponseHeader("HX-Retarget")) forget(elt);
});

function post(address, body) {
  const headers = { "X-CSRFToken": cookie(), "HX-Request": "true", "Content-Type": "application/x-www-form-urlencoded" };
  return fetch(address, { method: "POST", headers, body }).catch(() => null);
}

async function sendAgain() {
  if (!place) return;
  let sent = 0;
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith(mine))) {
    if ([...document.querySelectorAll(".comment-panel")].some((form) => keyOf(form) === key)) continue;
    const { address, fields } = JSON.parse(localStorage.getItem(key));
    let answer = await post(address, `${fields}&act=keep`);
    // Another window has saved other words meanwhile: these become a comment of their own.
    const overtaken = answer?.status === 409;
    if (overtaken) answer = await post(address, `${fields}&act=both`);
    const words = answer?.ok && !answer.redirected ? await answer.text() : "";
    const kept = words && (overtaken || words.includes("kept-words--done"));
    if (kept) sent += 1;
    if (kept || words.includes("kept-words--failed")) localStorage.removeItem(key);
    if (words.includes("kept-words--failed")) offerBack(fields, words);
  }
  if (sent) location.reload();
}

// What the server will not take any more is shown, to be copied.
function offerBack(fields, words) {
  const said = new URLSearchParams(fields);
  const note = document.getElementById("unsent-note").content.firstElementChild.cloneNode(true);
  note.querySelector("[data-why]").textContent = new DOMParser().parseFromString(words, "text/html").querySelector(".kept-words").textContent.trim();
  note.querySelector("[data-said]").textContent = ["body", "wording", "addition", "reason"].map((name) => said.get(name)).filter(Boolean).join("\n\n");
  place.before(note);
}

window.addEventListener("online", sendAgain);
sendAgain();
