/*
 * sheet.journey.mjs - from the results to a sheet on paper, what to say on the telephone, an answer that who keeps the
 * portal reads, the sheet for the notice board of a comune, what is missing there.
 */
import { address, expect, go, heading, isSound, walk } from './steps.mjs';

const sheets = (pdf) => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length;

async function toService(page) {
  await page.getByLabel('Che cosa ti serve').fill('pacco spesa');
  await page.getByLabel('Dove vivi').fill('Torino');
  await go(page, page.getByRole('button', { name: 'Cerca', exact: true }));
  await go(page, page.locator('main .w-result h3 a').first());
  await isSound(page);
  expect(address(page).startsWith('/servizi/'), `arrived at ${address(page)}`);
}

async function resultsToPaper(page, { hasScript }) {
  await toService(page);
  const number = await page.locator('main a[href^="tel:"]').first().innerText();
  const button = page.getByRole('button', { name: 'Stampa' });

  expect(await button.isVisible() === hasScript, 'the print button shows where it does nothing, or not where it works');
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('main .w-sheet-phone').isVisible(), 'the number is not printed');
  expect(await page.locator('main svg.w-qr').isVisible(), 'the square code is not printed');
  for (const hidden of ['main form', 'main .w-sheet-acts', 'header nav', 'main .w-sheet-index'])
    expect(!await page.locator(hidden).first().isVisible(), `${hidden} is printed`);
  const words = await page.locator('main').innerText();

  expect(words.includes(number.replace('Chiama', '').trim()), 'another number is printed');
  expect(!/Aperto ora|Chiuso ora/.test(words), 'the state of the moment is printed');
  expect((await page.locator('footer').innerText()).includes('Stampato il'), 'the day is not printed');
  expect(sheets(await page.pdf({ format: 'A4' })) <= 2, 'more than two sheets');
}

async function whatToSay(page) {
  await toService(page);
  const name = await heading(page);

  await go(page, page.getByRole('link', { name: /^E adesso\? Che cosa dire/ }));
  await isSound(page);
  expect(await heading(page) === 'E adesso?', `arrived at ${await heading(page)}`);
  expect(await page.getByText('Che cosa dire al telefono').isVisible(), 'it does not say what to say');
  await go(page, page.getByRole('link', { name: 'Torna alla scheda' }));
  expect(await heading(page) === name, `came back to ${await heading(page)}`);
}

async function howClear(page, { keeper }) {
  await toService(page);
  const path = address(page);

  await page.locator('#r2').check();
  await go(page, page.getByRole('button', { name: 'Vai avanti' }));
  await isSound(page);
  expect(await page.locator('input[name=stelle]:checked').getAttribute('value') === '2', 'the stars are lost');
  await page.getByLabel('A volte le indicazioni non erano complete').check();
  await go(page, page.getByRole('button', { name: 'Invia', exact: true }));
  await isSound(page);
  expect(await heading(page) === 'Grazie', `arrived at ${await heading(page)}`);
  const read = keeper('clarity').toString();

  expect(read.includes(path) && read.includes('hard: complete'), `who keeps the portal reads: ${read}`);
  await go(page, page.getByRole('link', { name: 'Torna alla scheda' }));
  expect(address(page) === path, `came back to ${address(page)}`);
}

async function toTerritory(page, width) {
  if (width < 800) await page.locator('details.w-menu summary').click();
  await go(page, page.locator(width < 800 ? 'details.w-menu' : 'nav.w-nav').getByRole('link', { name: 'Il territorio' }));
  await isSound(page);
}

async function stillThere(page, { keeper, width }) {
  await toTerritory(page, width);
  await go(page, page.locator('main').getByRole('link', { name: 'ci sono ancora?' }));
  await isSound(page);
  await go(page, page.locator('main .w-result a').first());
  await isSound(page);
  const slug = address(page).split('/').pop();

  await go(page, page.getByRole('button', { name: 'C’è ancora' }));
  await isSound(page);
  expect(await page.getByText('abbiamo contato la tua risposta').isVisible(), 'nothing says that it was counted');
  expect(await page.getByText(/^Ultima risposta, .*: c’è ancora$/).isVisible(), 'the answer is not shown');
  expect(new RegExp(`^ +[1-9]\\d* .*${slug}`, 'm').test(keeper('initiatives').toString()), 'who keeps the portal does not read it');
}

async function board(page, { width }) {
  await toTerritory(page, width);
  await page.locator('main #dove').fill('Torino');
  await go(page, page.locator('main form[role=search] button').first());
  await isSound(page);
  await go(page, page.getByRole('link', { name: 'Foglio da appendere in bacheca' }));
  await isSound(page);
  expect(await page.locator('.w-board-need').count() === 12, 'not twelve needs');
  expect(await page.locator('.w-board-phone').count() >= 9, 'few numbers');
  await page.emulateMedia({ media: 'print' });
  expect(sheets(await page.pdf({ format: 'A4' })) === 1, 'more than one sheet');
}

async function whatIsMissing(page, { width }) {
  await toTerritory(page, width);
  await go(page, page.locator('main').getByRole('link', { name: 'Cosa manca qui' }));
  await isSound(page);
  await page.getByLabel('Comune', { exact: true }).fill('Ivrea');
  await go(page, page.getByRole('button', { name: 'Mostra' }));
  await isSound(page);
  expect(await heading(page) === 'Cosa manca a Ivrea', `arrived at ${await heading(page)}`);
  const n = await page.locator('section[aria-labelledby=t-manca] tbody tr').count();

  expect((await page.locator('#t-manca').innerText()).startsWith(`${n} `), `the table has ${n} rows, its title says ${await page.locator('#t-manca').innerText()}`);
  const file = await page.getByRole('link', { name: 'Scarica la tabella' }).getAttribute('href');
  const rows = (await (await page.request.get(new URL(file, page.url()).href)).text()).trim().split('\n').slice(1);

  expect(rows.filter((r) => /^"ivrea-to","Ivrea","[^"]+","[^"]+",0,/.test(r)).length === n, 'the file says otherwise');
}

await walk({
  'results to a sheet on paper': resultsToPaper,
  'what to say on the telephone': whatToSay,
  'how clear a page is, read by who keeps the portal': howClear,
  'an initiative is still there': stillThere,
  'the sheet for the notice board': board,
  'what is missing in a comune': whatIsMissing,
});
