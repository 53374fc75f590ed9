// From change to change, by the buttons of the foot or by n and p. Where one is stands in the address.
const changes = [...document.querySelectorAll("[data-change]")];
const buttons = document.querySelectorAll("[data-step]");

const inSight = ({ top, bottom }) => bottom > 0 && top < innerHeight;

// Who has scrolled away goes on from what they see, not from where they stood.
function after(step) {
  const place = changes.findIndex((change) => `#${change.id}` === location.hash);
  if (place >= 0 && inSight(changes[place].getBoundingClientRect())) return place + step;
  const below = changes.findIndex((change) => change.getBoundingClientRect().bottom > innerHeight / 3);
  const first = below < 0 ? changes.length : below;
  return step > 0 ? first : first - 1;
}

function go(step) {
  const change = changes[after(step)];
  if (!change) return;
  location.replace(`#${change.id}`);
  change.focus({ preventScroll: true });
}

buttons.forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => go(Number(button.dataset.step)));
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input:not([type=checkbox]), select, textarea")) return;
  if (event.key === "n") go(1);
  if (event.key === "p") go(-1);
});
