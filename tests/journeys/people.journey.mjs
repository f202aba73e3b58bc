/*
 * people.journey.mjs - what people do, from the first page to the answer: at two widths, with script
 * on and off. Every step goes by what the page says; only the first address is typed.
 */
import { none } from '../browser/tap.mjs';
import { address, expect, go, heading, isSound, walk } from './steps.mjs';

/* ---- journeys: each begins at the home ---- */

async function ownComune(page) {
  await page.getByLabel('Il tuo Comune').fill('Ivrea');
  await go(page, page.getByRole('button', { name: 'Dimmi chi è' }));
  await isSound(page);
  expect(await heading(page) === 'Ivrea', `arrived at ${await heading(page)}`);
  expect(await page.getByText('Come lo sappiamo').first().isVisible(), 'no source is named');
  await go(page, page.getByRole('link', { name: 'INRETE Ivrea' }).first());
  await isSound(page);
  expect((await heading(page)).includes('INRETE'), `the body's page says ${await heading(page)}`);
  await page.goBack();
  await go(page, page.locator('main').getByRole('link', { name: 'Ivrea-Cuorgnè' }).first());
  await isSound(page);
  expect(address(page).startsWith('/territorio/distretto/'), `the district leads to ${address(page)}`);
}

/* The first of a district's comuni of which no source names the body. */
async function comuneOfUnknownBody(page) {
  await page.getByLabel('Il tuo Comune').fill('Cossato');
  await go(page, page.getByRole('button', { name: 'Dimmi chi è' }));
  for (let i = 0; i < 12 && await page.getByText('non sappiamo').count() === 0; i += 1) {
    const near = page.locator('main a[href*="/territorio/comune/"]');

    await go(page, near.nth(i % await near.count()));
  }
  await isSound(page);
  const said = page.getByText('non sappiamo se segue il tuo Comune');

  expect(await said.count() === 3, `${await said.count()} desks are marked as unsure, not 3`);
  for (let i = 0; i < 3; i += 1) expect(await said.nth(i).isVisible(), 'a mark is hidden');
}

async function inEnglish(page) {
  await page.locator('details.w-lang summary').click();
  await go(page, page.locator('details.w-lang').getByRole('link', { name: 'English' }));
  await isSound(page);
  expect(await page.locator('html').getAttribute('lang') === 'en', 'the page is not in English');
  await page.getByLabel('Your comune').fill('Cuneo');
  await go(page, page.getByRole('button', { name: 'Tell me who' }));
  await isSound(page);
  expect(address(page).startsWith('/en/territorio/comune/cuneo'), `arrived at ${address(page)}`);
  expect(await page.getByText('Who answers here').isVisible(), 'the answer is not in English');
  const links = await page.locator('main a[href^="/"]').evaluateAll((all) => all.map((a) => a.getAttribute('href')));

  expect(links.length > 10, 'the page has no links');
  none(links.filter((h) => !/^\/(en(\/|$)|assets\/|dati\/|api\/)/.test(h)), 'links that fall back to Italian');
}

async function noteAndItsAnswer(page, { keeper }) {
  await go(page, page.locator('footer').getByRole('link', { name: 'Segnala un disservizio' }));
  await isSound(page);
  const words = page.getByLabel('Che cosa non funziona?');

  await words.fill('   ');
  await go(page, page.getByRole('button', { name: 'Invia la segnalazione' }));
  expect(await page.locator('[aria-invalid=true]').count() === 1, 'the missing words are not pointed at');
  await page.getByLabel('In quale pagina?').fill('/territorio');
  await words.fill('Il numero di telefono di Ivrea è cambiato.\n<b>davvero</b>');
  await go(page, page.getByRole('button', { name: 'Invia la segnalazione' }));
  await isSound(page);
  const code = address(page).split('/').pop();

  expect(/^[A-Z2-9]{10}$/.test(code), `no code in ${address(page)}`);
  expect((await page.locator('main strong.w-nowrap').innerText()).replace('-', '') === code, 'another code is shown');
  keeper('notes', 'answer', code, 'Grazie: ora il numero è quello giusto.');
  await page.goto(new URL('/aiuto/scrivi', page.url()).href);
  await page.getByLabel('Codice della segnalazione').fill(`${code.slice(0, 5).toLowerCase()} ${code.slice(5)}`);
  await go(page, page.getByRole('button', { name: 'Leggi la risposta' }));
  await isSound(page);
  expect(await page.getByText('Grazie: ora il numero è quello giusto.').isVisible(), 'the answer is not there');
  expect(!(await page.locator('main').innerText()).includes('davvero'), 'the words of the note are shown to who has the code');
}

async function projectsByKind(page, { width }) {
  if (width < 800) {
    await page.locator('details.w-menu summary').click();
    await go(page, page.locator('details.w-menu').getByRole('link', { name: 'I progetti' }));
  } else {
    await go(page, page.locator('nav.w-nav').getByRole('link', { name: 'I progetti' }));
  }
  await isSound(page);
  const rows = page.locator('main table tbody tr');

  expect(await rows.count() === 22, `${await rows.count()} projects, not 22`);
  const kind = page.locator('select[name=tipo]');
  const option = kind.locator('option').nth(1);
  const n = Number((await option.innerText()).match(/\((\d+)\)/)[1]);

  await kind.selectOption(await option.getAttribute('value'));
  await go(page, page.locator('main form[role=search] button'));
  await isSound(page);
  expect(await rows.count() === n && n > 0 && n < 22, `${await rows.count()} rows, the filter said ${n}`);
  const file = await page.locator('main a[href*="progetti.csv"]').getAttribute('href');
  const csv = await (await page.request.get(new URL(file, page.url()).href)).text();

  expect(csv.trim().split('\n').length === n + 1, 'the file is not the list that is shown');
  await go(page, rows.first().getByRole('link').first());
  await isSound(page);
  expect(/^\/progetti\/./.test(address(page)), `the project leads to ${address(page)}`);
}

async function pageThatIsNotThere(page) {
  await page.goto(new URL('/territorio/comune/atlantide-xx', page.url()).href);
  await isSound(page, 404);
  expect(await page.getByText('Che cosa puoi fare').isVisible(), 'nothing says what to do');
  await go(page, page.locator('main').getByRole('link', { name: 'Il territorio' }));
  await isSound(page);
  expect(address(page) === '/territorio', `the way out leads to ${address(page)}`);
}

/* The list is the truth: what the map shows is in the table beside it. */
async function mapAndList(page, { width }) {
  await go(page, page.locator(width < 800 ? 'main a.w-tile[href="/territorio"]' : 'nav.w-nav a[href="/territorio"]'));
  await isSound(page);
  const slugs = (all) => all.map((a) => a.getAttribute('href') ?? a.getAttribute('xlink:href')).filter((h) => h?.includes('/distretto/'));
  const listed = new Set(await page.locator('main table a').evaluateAll(slugs));
  const drawn = new Set(await page.locator('main svg a').evaluateAll(slugs));

  expect(listed.size === 30, `${listed.size} districts in the list, not 30`);
  none([...drawn].filter((h) => !listed.has(h)), 'districts on the map alone');
}

await walk({
  'own comune, body and district': ownComune,
  'a comune whose body is not known': comuneOfUnknownBody,
  'in English': inEnglish,
  'a note and its answer': noteAndItsAnswer,
  'projects by kind': projectsByKind,
  'map and list say the same': mapAndList,
  'a page that is not there': pageThatIsNotThere,
});
