/*
 * simula.js - moves a threshold: the number beside the range follows, and the answer is drawn again while it moves.
 *
 * One question at a time: what was asked last is asked when the one before has come back. Without this script the button of the
 * form does the same.
 */
const form = document.querySelector('[data-simula]');
const range = form.querySelector('input[type=range]');
const said = document.querySelector('[data-simula-detto]');
let asking = false;
let again = false;

const ask = async () => {
  again = asking;
  if (asking) return;
  asking = true;
  try {
    const answer = await fetch(form.action, { method: 'POST', body: new FormData(form), headers: { 'HX-Request': 'true' } });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const open = [...document.querySelectorAll('#esito details')].map((d) => d.open);

    document.querySelector('#esito').replaceWith(document.adoptNode(page.querySelector('#esito')));
    document.querySelectorAll('#esito details').forEach((d, i) => { d.open = open[i] ?? false; });
    said.textContent = '';
    said.textContent = said.dataset.simulaDetto;
  } catch {
    // the button is still there
  }
  asking = false;
  if (again) ask();
};

if (range) {
  const number = form.querySelector('.w-sim-slider input[inputmode]');

  range.addEventListener('input', () => {
    number.value = Number(range.value).toLocaleString('it-IT', { useGrouping: 'always' });
    ask();
  });
  number.addEventListener('change', () => {
    const typed = Number(number.value.replace(/\./g, '').replace(',', '.'));

    if (Number.isFinite(typed)) {
      range.value = typed;
      form.elements['cursore-prima'].value = range.value;
    }
  });
}
