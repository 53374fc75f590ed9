// Keying in: the wording of a provision and what can be proposed for it are there as soon as it is chosen. Nothing is drawn
// anew under the hands of whoever types on.
const { at, wording, proposal_kind: kinds } = document.querySelector(".record-form").elements;
const chosen = () => at.selectedOptions[0]?.dataset ?? {};
let text = chosen().text ?? "";

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

at.addEventListener("input", take);
window.addEventListener("pageshow", take);
take();
