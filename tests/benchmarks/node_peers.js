// Times npm's `diff` and `node-diff3` on the texts of a JSON file: the least milliseconds of the
// calls alone, after the compiler has warmed up.
const { readFileSync } = require("fs");
const { diffWords } = require("diff");
const { merge } = require("node-diff3");

const { work, rounds, texts } = JSON.parse(readFileSync(process.argv[2], "utf8"));

const TOKEN =
  /\d[\p{L}\p{N}]*(?:[-/][\p{L}\p{N}]+|[.,]\d+)*|[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*|[^\s]/gu;

const WORK = {
  redline: (pairs) => pairs.map(([old, new_]) => (old === new_ ? old : diffWords(old, new_))),
  // As the package splits by default: marks stay with their words.
  fold: (provisions) => provisions.map((provision) => fold(provision, (text) => text)),
  fold_words: (provisions) =>
    provisions.map((provision) => fold(provision, (text) => text.match(TOKEN))),
};

function fold([base, proposed], cut) {
  let current = base;
  for (const text of proposed) {
    const { conflict, result } = merge(cut(current), cut(base), cut(text));
    if (!conflict) current = result.join(" ");
  }
  return current;
}

const times = [];
for (let round = 0; round < rounds + 2; round++) {
  const started = performance.now();
  const used = process.cpuUsage();
  WORK[work](texts);
  const { user, system } = process.cpuUsage(used);
  times.push((user + system) / 1000, performance.now() - started);
}
console.log(Math.min(...times.slice(4)));
