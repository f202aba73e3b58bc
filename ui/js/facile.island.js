/* facile.island.js - how easy a text is to read, told while it is written; the server reckons the same when it is saved. */
const measure = (text) => {
  const words = text.match(/[0-9A-Za-zÀ-ÿ]+(?:[.,][0-9]+)*/g) ?? [];
  const letters = words.reduce((n, word) => n + word.replace(/[.,]/g, '').length, 0);
  const sentences = text.split(/[.!?:;](?=\s|$)|\n/).filter((part) => /[0-9A-Za-zÀ-ÿ]/.test(part)).length;
  const score = words.length === 0 ? 100 : Math.trunc(89 + (300 * sentences - 10 * letters) / words.length);
  return { words: words.length, score: Math.max(0, Math.min(100, score)) };
};
for (const box of document.querySelectorAll('[data-ease]')) {
  const out = document.getElementById(box.dataset.ease);
  box.addEventListener('input', () => {
    const got = measure(box.value);
    const words = got.words;
    const score = got.score;
    out.classList.toggle('w-hard', words >= 12 && score < 60);
    out.textContent = words < 12 ? '' : (score < 60 ? out.dataset.hard : out.dataset.good).replace('{score}', score);
  });
}
