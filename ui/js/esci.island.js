/*
 * esci.js - leaves the pages about violence at once: the button, or Esc three times.
 *
 * The neutral page takes the place of this one in the history. Moving among these pages takes one
 * place in the history and not one each. Without this script the button is an ordinary link.
 */
const PRESSES = 3, WITHIN_MS = 2000;
const button = document.querySelector('[data-esci]');
const presses = [];
const keys = document.querySelector('[data-esci-keys]');

keys.hidden = false; /* the words about Esc: only where it works */

function leave() {
  document.title = '';
  document.body.hidden = true;
  location.replace(button.href);
}

button.addEventListener('click', (e) => {
  e.preventDefault();
  leave();
});
document.addEventListener('keydown', (e) => {
  if (e.key !== 'Escape') return;
  presses.push(e.timeStamp);
  if (presses.length >= PRESSES && e.timeStamp - presses[presses.length - PRESSES] <= WITHIN_MS) leave();
});
document.addEventListener('click', (e) => {
  const a = e.target.closest('a[href^="/"]');

  if (!a || e.defaultPrevented || e.button !== 0 || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
  e.preventDefault();
  location.replace(a.href);
});
document.addEventListener('submit', (e) => {
  if (e.target.method !== 'get') return;
  e.preventDefault();
  location.replace(`${e.target.action.split('?')[0]}?${new URLSearchParams(new FormData(e.target))}`);
});
/* A page kept by the browser for its Back button is asked again. */
window.addEventListener('pageshow', (e) => { if (e.persisted) location.reload(); });
