/* print.island.js - shows the button that prints and makes it work; without script the browser's menu prints. */
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}
