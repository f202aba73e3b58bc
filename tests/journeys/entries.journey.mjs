/*
 * entries.journey.mjs - a body keeps its own entries right: hours corrected in a row, a list pasted from a sheet, a quarter's
 * upkeep with one button, two editors at once. Each is timed at the speed of a person.
 */
import { keysOf } from '../browser/portal.mjs';
import { address, expect, go, heading, isSound, walk } from './steps.mjs';

/* The keystroke-level model (Card, Moran and Newell 1980): to make up the mind 1.35 s, to point 1.1 s, to press 0.2 s; a key 0.28 s. */
const ACTION_S = 1.35 + 1.1 + 0.2;
const KEY_S = 0.28;
const CORRECT_MUST_S = 30, QUARTER_MUST_S = 300;

async function enter(page, origin) {
  await page.goto(`${origin}/chiave/${keysOf(origin).keep}`);
  await go(page, page.locator('main button[type=submit]'));
  expect(address(page) === '/schede', `the key leads to ${address(page)}`);
  await isSound(page);
}

const timed = async (body) => {
  const began = performance.now();
  const human = await body();

  return (performance.now() - began) / 1000 + human;
};

/* Correct, type, save; then the page of the service says it to a citizen. */
async function correctHours(page, { origin }) {
  await enter(page, origin);
  const hours = `lun-ven 9-12.${10 + Math.floor(Math.random() * 45)}`;
  const row = page.locator('main tbody tr').last();
  const slug = (await row.getAttribute('id')).slice(2);
  const seconds = await timed(async () => {
    await go(page, row.getByRole('link', { name: /^Correggi/ }));
    await page.getByLabel('Orari').fill(hours);
    await go(page, page.getByRole('button', { name: 'Salva', exact: true }));
    return 3 * ACTION_S + hours.length * KEY_S;
  });

  await isSound(page);
  expect(await page.getByText('Salvato.').isVisible(), 'it does not say that it is saved');
  expect(seconds <= CORRECT_MUST_S, `it takes ${seconds.toFixed(1)} s`);
  console.log(`# hours corrected in ${seconds.toFixed(1)} s at the speed of a person`);
  const saved = page.url();

  await go(page, page.locator(`[id="r-${slug}"] th a`));
  await go(page, page.locator(`main a[href="/servizi/${slug}"]`));
  expect((await page.locator('main').innerText()).includes(hours.slice(-5)), 'the citizen does not see the new hours');
  await page.goBack();
  await page.goBack();
  expect(page.url() === saved, `the way back leads to ${page.url()}`);
  await go(page, page.getByRole('button', { name: 'Annulla', exact: true }));
  expect(!(await page.locator(`[id="r-${slug}"]`).innerText()).includes(hours.slice(-5)), 'it was not undone');
}

/* The filter, a look at each row, one button. */
async function quarter(page, { origin }) {
  await enter(page, origin);
  const n = await page.locator('main tbody tr').count();
  const seconds = await timed(async () => {
    await go(page, page.locator('.w-confirm button'));
    return ACTION_S;
  }) + 20 * 3; /* three seconds to look at each of twenty rows */

  await isSound(page);
  expect(/Fatto|già confermate/.test(await page.locator('.w-notice').first().innerText()), 'it does not say that they are confirmed');
  expect(n > 0 && seconds <= QUARTER_MUST_S, `it takes ${seconds.toFixed(0)} s`);
  console.log(`# a quarter of 20 entries in ${seconds.toFixed(0)} s at the speed of a person`);
}

async function pasteThirty(page, { origin }) {
  await enter(page, origin);
  await go(page, page.locator('main a', { hasText: 'Incolla il tuo elenco' }));
  await isSound(page);
  const mark = Math.random().toString(36).slice(2, 7);
  const rows = Array.from({ length: 30 }, (_, i) => (i === 7 ? `Sportello ${mark} ${i}\tnon so\tboh\tIvrea`
    : `Sportello ${mark} ${i}\t0125 555 ${1000 + i}\tlun-ven 9-12\tIvrea`));

  await page.getByLabel('L\'elenco').fill(['Sportello\tTelefono\tOrario\tComune', ...rows].join('\n'));
  await go(page, page.getByRole('button', { name: 'Controlla', exact: true }));
  await isSound(page);
  expect(/29 nuove/.test(await page.locator('main p[role=status]').innerText()), await page.locator('main p[role=status]').innerText());
  await go(page, page.getByRole('button', { name: 'Salva 29 righe' }).first());
  await isSound(page);
  expect((await page.locator('#testo').inputValue()).includes(`Sportello ${mark} 7`), 'the row that cannot be read is lost');
  await go(page, page.getByRole('button', { name: 'Annulla', exact: true }));
  await go(page, page.locator('footer a[href="/schede"]'));
  expect(!(await page.locator('main').innerText()).includes(`Sportello ${mark} 3`), 'the rows were not undone');
}

/* As many rows as a paste may have: one look, one save, one undo. Walked once: the page is the same at all widths. */
async function pasteThousands(page, { origin, width, hasScript }) {
  if (width !== 1280 || !hasScript) return;
  const MANY = 5000, LIMIT_MS = 60000;
  const rows = Array.from({ length: MANY }, (_, i) => `Sportello mille ${i}\t0126 ${100000 + i}\t${i % 10 === 9 ? 'boh' : 'lun-ven 9-12'}\tIvrea`);
  const time = async (body) => { const began = performance.now(); await body(); return ((performance.now() - began) / 1000).toFixed(1); };

  page.setDefaultTimeout(LIMIT_MS);
  await enter(page, origin);
  await go(page, page.locator('main a', { hasText: 'Incolla il tuo elenco' }));
  await page.locator('#testo').fill(''); // what an earlier list left there
  await page.locator('#file').setInputFiles({ name: 'elenco.tsv', mimeType: 'text/tab-separated-values',
    buffer: Buffer.from(['Sportello\tTelefono\tOrario\tComune', ...rows].join('\n')) });
  const looked = await time(() => go(page, page.getByRole('button', { name: 'Controlla', exact: true })));

  await isSound(page);
  expect(/4\.500 nuove.*500 restano/s.test(await page.locator('main p[role=status]').innerText()), await page.locator('main p[role=status]').innerText());
  expect(await page.locator('main tbody tr').count() === 200, 'the page does not show two hundred');
  const saved = await time(() => go(page, page.getByRole('button', { name: 'Salva 4.500 righe' }).first()));

  await isSound(page);
  expect((await page.locator('#testo').inputValue()).trim().split('\n').length === 501, 'what cannot be read is not in the box');
  const undone = await time(() => go(page, page.getByRole('button', { name: 'Annulla', exact: true })));

  await isSound(page);
  await go(page, page.locator('footer a[href="/schede"]'));
  expect(!(await page.locator('main').innerText()).includes('Sportello mille'), 'the rows were not undone');
  console.log(`# ${MANY} rows: looked at in ${looked} s, saved in ${saved} s, undone in ${undone} s`);
}

async function twoEditors(page, { origin }) {
  await enter(page, origin);
  await go(page, page.locator('main tbody th a').first());
  await isSound(page);
  const name = await heading(page);
  const path = page.url();
  const other = await page.context().newPage();

  await other.goto(path);
  await other.getByLabel('Avviso').fill(`Avviso del collega ${Date.now()}`);
  await go(other, other.getByRole('button', { name: 'Salva', exact: true }));
  await other.close();
  await page.getByLabel('Avviso').fill('Il mio avviso.');
  await go(page, page.getByRole('button', { name: 'Salva', exact: true }));
  await isSound(page);
  expect(await heading(page) === name && await page.getByText('Il mio avviso.').first().isVisible(), 'the other text is not shown');
  await go(page, page.getByRole('button', { name: /^Tieni la nostra/ }).first());
  await isSound(page);
  await go(page, page.locator('main a', { hasText: 'Storia' }));
  await isSound(page);
  expect(/Avviso del collega/.test(await page.locator('main').innerText()), 'the history does not say it');
}

await walk({ 'hours are corrected': correctHours, 'a quarter': quarter, 'thirty rows are pasted': pasteThirty,
  'five thousand rows are one paste': pasteThousands, 'two editors': twoEditors });
