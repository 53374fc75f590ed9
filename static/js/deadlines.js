// Deadlines count down: "còn 2 ngày 4 giờ", in the two largest units, as the server writes them.
const unit = (name) => new Intl.NumberFormat("vi", { style: "unit", unit: name, unitDisplay: "long" });
const DAY = unit("day");
const HOUR = unit("hour");
const MINUTE = unit("minute");
const EVERY_MS = 20_000;

function length(seconds) {
  const [days, hours, minutes] = [Math.floor(seconds / 86400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60];
  if (days) return `${DAY.format(days)} ${HOUR.format(hours)}`;
  if (hours) return `${HOUR.format(hours)} ${MINUTE.format(minutes)}`;
  return MINUTE.format(minutes);
}

function tick() {
  for (const deadline of document.querySelectorAll("[data-deadline]")) {
    const seconds = Math.trunc((new Date(deadline.dateTime) - Date.now()) / 1000);
    const words = seconds > 0 ? deadline.dataset.left : deadline.dataset.late;
    const remaining = deadline.querySelector("[data-remaining]");
    const said = words.replace("{time}", length(Math.abs(seconds)));
    if (remaining.textContent !== said) remaining.textContent = said;
  }
}

tick();
setInterval(tick, EVERY_MS);
