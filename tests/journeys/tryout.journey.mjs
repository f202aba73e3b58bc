/*
 * tryout.journey.mjs - a body tries its own list: thirty rows pasted, a spreadsheet, a column that was taken for another, paper,
 * the list in order taken away and brought again, and into the portal.
 */
import { readFileSync } from 'node:fs';
import { keysOf } from '../browser/portal.mjs';
import { enter, find, leaveKeys } from './doors.mjs';
import { address, expect, go, heading, isSound, walk } from './steps.mjs';

const TOWNS = ['Ivrea', 'Cuorgnè', 'Castellamonte', 'Rivarolo Canavese', 'Strambino'];
const KINDS = [['Mensa serale', 'Pasto caldo'], ['Emporio della spesa', 'Spesa e cibo'], ['Sportello affitti', 'Affitto'],
  ['Trasporto alle visite', 'Accompagnamento alle visite'], ['Corso di italiano', 'Imparare l’italiano'], ['Centro anziani', 'Anziani soli']];
const HOURS = ['lun-ven 9-12', 'martedì e giovedì 14.30-17', 'su appuntamento', 'tutti i giorni 8-20', 'mer 9-12,30', 'vedi sito'];

function thirtyRows() {
  const rows = [['Ente', 'Servizio', 'Tipologia', 'Tel.', 'Orario', 'Indirizzo', 'Comune'].join('\t')];

  for (let i = 0; i < 30; i++)
    rows.push(['Associazione Prova (inventata)', `${KINDS[i % 6][0]} ${i + 1}`, KINDS[i % 6][1], `0125 5550${100 + i}`, HOURS[i % 6],
      `via Roma ${i + 1}`, TOWNS[i % 5]].join('\t'));
  return rows.join('\n');
}

async function toTryout(page) {
  await go(page, page.locator('main').getByRole('link', { name: /Lavori in un ente/ }));
  await isSound(page);
  expect(address(page) === '/prova', `arrived at ${address(page)}`);
}

const look = (page) => go(page, page.getByRole('button', { name: 'Guarda il mio elenco' }));

async function pasteThirty(page) {
  await toTryout(page);
  await page.getByLabel('Incolla le righe dal foglio di calcolo').fill(thirtyRows());
  const began = Date.now();

  await look(page);
  await isSound(page);
  expect(Date.now() - began < 10000, 'it took longer than ten seconds');
  expect(await heading(page) === 'Il tuo elenco: 30 servizi', `the title says ${await heading(page)}`);
  expect(await page.locator('.w-try-pin').count() === 5, `${await page.locator('.w-try-pin').count()} circles on the map`);
  expect((await page.locator('main').innerText()).includes('Orario non capito («vedi sito»)'), 'hours that say nothing pass');
  expect(await page.locator('.w-try-services > li').count() === 30, 'the sheet has not all thirty');
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByRole('heading', { name: 'Mi serve un pasto caldo' }).isVisible(), 'the needs are not printed');
  for (const hidden of ['main form', '.w-try-map', '.w-try-figures'])
    expect(!await page.locator(hidden).first().isVisible(), `${hidden} is printed`);
}

async function otherColumn(page) {
  await toTryout(page);
  await page.getByLabel('Incolla le righe dal foglio di calcolo').fill('Servizio\tBeta\nMensa del ponte\tStazione\nEmporio\tFiume\n');
  await look(page);
  await isSound(page);
  await page.getByLabel('Beta', { exact: true }).selectOption({ label: 'Nome del luogo' });
  await go(page, page.getByRole('button', { name: 'Guarda di nuovo' }));
  await isSound(page);
  expect(await page.getByLabel('Beta', { exact: true }).inputValue() === 'place', 'the choice is lost');
  expect((await page.locator('section[aria-labelledby=bisogni]').innerText()).includes('Stazione'), 'the place is not shown');
}

async function nothingInIt(page) {
  await toTryout(page);
  await page.getByLabel('Incolla le righe dal foglio di calcolo').fill('Nome\tTelefono');
  await look(page);
  await isSound(page, 422);
  expect(await page.getByLabel('Incolla le righe dal foglio di calcolo').inputValue() === 'Nome\tTelefono', 'what was pasted is lost');
  expect(await page.locator('#testo-problema').isVisible(), 'nothing stands beside the box');
}

/* Out as a spreadsheet, in again as a file. */
async function outAndIn(page) {
  await toTryout(page);
  await go(page, page.getByRole('link', { name: 'Prova con uno inventato' }));
  await look(page);
  await isSound(page);
  const title = await heading(page);
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Scarica per Excel' }).click()]);

  expect(file.suggestedFilename() === 'elenco.xlsx', `the file is called ${file.suggestedFilename()}`);
  const bytes = readFileSync(await file.path());

  expect(bytes.subarray(0, 2).toString() === 'PK', 'it is no spreadsheet');
  await page.locator('.breadcrumb a').first().click();
  await toTryout(page);
  await page.getByLabel('Oppure scegli il file').setInputFiles({ name: 'elenco.xlsx', mimeType: 'application/octet-stream', buffer: bytes });
  await look(page);
  await isSound(page);
  expect(await heading(page) === title, `it came back as ${await heading(page)}`);
}

/* From the list that is tried to an entry that a citizen finds, by a key. */
async function intoThePortal(page, { origin, width, hasScript }) {
  const mark = `${width}${hasScript ? 'c' : 's'}`;

  await enter(page, `${origin}/chiave/${keysOf(origin).keep}`);
  await go(page, page.locator('header a[href="/"]').first());
  await toTryout(page);
  await page.getByLabel('Incolla le righe dal foglio di calcolo').fill(['Servizio\tTel.\tOrario\tComune',
    `Ciclofficina ${mark}\t0125 555 0143\til primo e il terzo sabato del mese 9-12\tIvrea`, `Merenda insieme ${mark}\t0125 555 0144\tboh\tIvrea`].join('\n'));
  await look(page);
  await isSound(page);
  const band = page.locator('section[aria-labelledby="portala"]');

  expect(await band.getByRole('button').first().isVisible(), 'there is no way into the portal');
  await go(page, band.locator('button[formaction="/schede/incolla"]'));
  await isSound(page);
  expect(address(page) === '/schede/incolla', `it leads to ${address(page)}`);
  expect(/1 nuova/.test(await page.locator('main p[role=status]').innerText()), await page.locator('main p[role=status]').innerText());
  await go(page, page.locator('header a[href="/"]').first()); /* the telephone rings: it waits as a draft */
  await go(page, page.locator('footer a[href="/schede"]'));
  await go(page, page.locator('main a[href="/schede/incolla"]'));
  await isSound(page);
  expect((await page.locator('#testo').inputValue()).includes(`Ciclofficina ${mark}`), 'the draft is lost');
  await go(page, page.getByRole('button', { name: 'Controlla', exact: true }));
  await go(page, page.getByRole('button', { name: 'Salva 1 riga' }).first());
  await isSound(page);
  expect((await page.locator('#testo').inputValue()).includes(`Merenda insieme ${mark}`), 'the row that cannot be read is lost');
  await go(page, page.locator('.breadcrumb a[href="/schede"]'));
  expect((await page.locator('main table').innerText()).includes('il primo e terzo sabato del mese 9:00-12:00'), 'the hours are not said in words');
  await leaveKeys(page);
  const found = await find(page, `Ciclofficina ${mark}`, 'Ivrea');

  expect(found.some((n) => n.includes(`Ciclofficina ${mark}`)), `a citizen finds ${found.join(', ')}`);
  expect(!found.some((n) => n.includes(`Merenda insieme ${mark}`)), 'what was left is in the portal');
  await go(page, page.locator('main .w-result h3 a', { hasText: `Ciclofficina ${mark}` }).first());
  expect((await page.locator('main').innerText()).includes('il primo e terzo sabato del mese'), 'the citizen does not read the hours');
}

await walk({
  'thirty rows pasted': pasteThirty,
  'a column taken for another': otherColumn,
  'a list with nothing in it': nothingInIt,
  'out as a spreadsheet and in again': outAndIn,
  'into the portal by a key': intoThePortal,
});
