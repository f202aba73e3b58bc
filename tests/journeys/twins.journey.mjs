/*
 * twins.journey.mjs - two bodies have written the same service: each is asked, both agree, one entry is left with the history of
 * both, and it comes apart again; of another pair a body says that they are two things.
 */
import { keysOf } from '../browser/portal.mjs';
import { enter, find, issued, leaveKeys, writeEntry } from './doors.mjs';
import { address, expect, go, isSound, walk } from './steps.mjs';

const OTHER = 'Elenco di prova del territorio'; /* an invented body of the demo */

/* Each walk writes something else: what is written twice shall be met once. */
const SHARED = [['Ferramenta solidale', 'via dell\'Incudine 7, Ivrea', '0125 551111'], ['Libreria in prestito', 'via del Mantice 3, Ivrea', '0125 552222'],
  ['Guardaroba del mercoledì', 'corso delle Forge 11, Ivrea', '0125 553333'], ['Falegnameria sociale', 'piazza del Carbone 5, Ivrea', '0125 554444']];
const APART = [['Orto dei nonni', 'via delle Zappe 2, Ivrea', '0125 556666'], ['Coro della stazione', 'via dei Binari 4, Ivrea', '0125 557777'],
  ['Scacchi al bar', 'via delle Torri 6, Ivrea', '0125 558888'], ['Pane del sabato', 'via del Forno 8, Ivrea', '0125 559999']];
const nth = ({ width, hasScript }) => (width === 1280 ? 0 : 2) + (hasScript ? 0 : 1);

async function toPair(page, name) {
  await go(page, page.locator('main a[href="/doppioni"]').first());
  await isSound(page);
  await go(page, page.locator('main .w-result', { hasText: name }).locator('.card-title a'));
  await isSound(page);
  return address(page);
}

/* Both write it, and the portal looks. */
async function writeTwice(page, { origin, keeper }, other, [name, places, phones]) {
  const fields = { name, places, phones };

  await enter(page, `${origin}/chiave/${keysOf(origin).keep}`);
  await writeEntry(page, { ...fields, summary: 'Attrezzi in prestito, scritto dal primo ente.' });
  await leaveKeys(page);
  await enter(page, other);
  await writeEntry(page, { ...fields, summary: 'Attrezzi in prestito, scritto dal secondo ente.' });
  keeper('twins');
}

async function madeOneAndApart(page, tools) {
  const { origin } = tools, other = issued(tools.keeper, origin, OTHER, 'keep');
  const [name] = SHARED[nth(tools)];

  await writeTwice(page, tools, other, SHARED[nth(tools)]);
  await toPair(page, name);
  await go(page, page.getByRole('button', { name: 'Sono la stessa: chiedi all’altro ente' }));
  await isSound(page);
  expect((await page.locator('main .alert-success').innerText()).includes('Ora risponde l’altro ente'), 'it does not say who answers');
  await leaveKeys(page);
  expect((await find(page, name, 'Ivrea')).filter((n) => n.includes(name)).length === 2, 'one body alone has made them one');
  await enter(page, `${origin}/chiave/${keysOf(origin).keep}`);
  await toPair(page, name);
  expect((await page.locator('main .alert-warning').innerText()).includes('Ora tocca a te'), 'the other body is not asked');
  await go(page, page.getByRole('button', { name: 'D’accordo: unisci' }));
  await isSound(page);
  expect(address(page) === '/doppioni/uniti', `agreed, it leads to ${address(page)}`);
  const uniti = page.url();

  expect((await page.locator('main .alert-success').innerText()).includes('Unite'), 'it does not say that they are one');
  await go(page, page.locator('main tbody th a', { hasText: name }).first());
  await isSound(page);
  const history = await page.locator('main .w-sec').allInnerTexts();

  expect(history.length === 2 && history.every((h) => /Nome|Telefon/.test(h)), `the history of both is not there: ${history.join(' | ')}`);
  const join = page.url();

  expect(uniti !== join, 'the pair has no page of its own');
  expect((await find(page, name, 'Ivrea')).filter((n) => n.includes(name)).length === 1, 'a citizen still sees two');
  await page.goBack();
  await page.goBack();
  await go(page, page.getByRole('button', { name: 'Separa di nuovo' }));
  await isSound(page);
  expect((await page.locator('main .alert-success').innerText()).includes('Separate'), 'it does not say that they are apart');
  expect((await find(page, name, 'Ivrea')).filter((n) => n.includes(name)).length === 2, 'apart, a citizen does not see two');
}

async function twoThings(page, tools) {
  const { origin } = tools, other = issued(tools.keeper, origin, OTHER, 'keep');
  const [name] = APART[nth(tools)];

  await writeTwice(page, tools, other, APART[nth(tools)]);
  await toPair(page, name);
  await go(page, page.getByRole('button', { name: 'Sono due cose diverse' }));
  await isSound(page);
  expect((await page.locator('main .alert-success').innerText()).includes('due cose diverse'), 'it does not say what was saved');
  expect(await page.locator('main .w-result', { hasText: name }).count() === 0, 'it is still asked');
  await leaveKeys(page);
  tools.keeper('twins');
  await enter(page, `${origin}/chiave/${keysOf(origin).keep}`);
  await go(page, page.locator('main a[href="/doppioni"]').first());
  await isSound(page);
  expect(await page.locator('main .w-result', { hasText: name }).count() === 0, 'the other body is asked what was answered');
  expect((await page.locator('main').innerText()).includes(`Per ${OTHER} sono due cose diverse`), 'the other body is not told the answer');
  expect((await find(page, name, 'Ivrea')).filter((n) => n.includes(name)).length === 2, 'a citizen does not see both');
}

await walk({ 'two entries are made one by both bodies, and apart again': madeOneAndApart, 'a body says that they are two things': twoThings });
