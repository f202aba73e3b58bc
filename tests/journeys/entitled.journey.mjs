/*
 * entitled.journey.mjs - six questions by keyboard alone to what is due and whom to call, "Non so" everywhere, an estimate of the ISEE,
 * a wrong answer that comes back, the sheet for the desk, one page for social workers, what a service costs and what changes.
 */
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { address, asPerson, choose, expect, go, heading, isSound, tabTo, walk } from './steps.mjs';

const axe = readFileSync(createRequire(new URL('../browser/package.json', import.meta.url)).resolve('axe-core/axe.min.js'), 'utf8');
const GO = 'Vedi cosa ti spetta';
const SIX_MUST_S = 120, MACHINE_S = 2; /* three pages at half a second each, and some air: what a machine really takes is printed */

/* What only a post reaches is looked at here, once a width: no problem of WCAG 2.2 AA, folds of the page open. */
async function isAccessible(page, hasScript) {
  if (!hasScript) return;
  await page.evaluate(() => { for (const d of document.querySelectorAll('main details')) d.open = true; });
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] }));

  expect(found.violations.length === 0, found.violations.map((v) => `${v.id}: ${v.nodes[0].html.slice(0, 120)}`).join('; '));
}

async function toQuestions(page) {
  await go(page, page.locator('main').getByRole('link', { name: 'Scopri cosa ti spetta' }));
  await isSound(page);
  expect(address(page) === '/spetta', `arrived at ${address(page)}`);
}

const answer = (page) => go(page, page.getByRole('button', { name: GO }).last());

async function byKeyboard(page, { hasScript }) {
  const began = Date.now();

  await toQuestions(page);
  await tabTo(page, 'dove');
  await page.keyboard.type('Ivrea');
  await choose(page, 'residenza', 'cinque');
  await tabTo(page, 'eta-1');
  await page.keyboard.type('66');
  await choose(page, 'salute-1', 'bene');
  await choose(page, 'isee', 'ho');
  await tabTo(page, 'isee-ord');
  await page.keyboard.type('4.500');
  await choose(page, 'lavoro-1', 'pensione');
  await tabTo(page, 'reddito');
  await page.keyboard.type('3000');
  await choose(page, 'casa', 'affitto');
  await tabTo(page, 'affitto');
  await page.keyboard.type('300');
  await Promise.all([page.waitForEvent('domcontentloaded'), page.keyboard.press('Enter')]);
  await isSound(page);
  expect(await heading(page) === 'Ecco cosa ti spetta', `arrived at ${await heading(page)}`);
  const due = page.locator('section[aria-labelledby=ti-spetta]');

  expect((await due.innerText()).includes('Bonus sociale bollette'), 'the bonus is not due');
  expect(await page.locator('main .w-due-tel[href^="tel:"]').first().isVisible(), 'no telephone is shown');
  expect(!page.url().includes('?') && !page.url().includes('4.500'), `the address tells: ${page.url()}`);
  expect(Date.now() - began < 60000, 'it took too long');
  await isAccessible(page, hasScript);
}

/* What is read of the six questions: titles and labels of all of them, and the help of the boxes that are filled. */
const wordsAsked = (page, filled) => page.evaluate((ids) => [...document.querySelectorAll('main form .w-due-part:not(.w-due-fold)')]
  .flatMap((p) => [...p.querySelectorAll('legend, label, .form-text')])
  .filter((e) => !e.closest('details') && (!e.id || ids.some((x) => e.id === `${x}-aiuto`))).map((e) => e.textContent), filled);

const ALONE = [['dove', 'Ivrea'], ['residenza', 'cinque'], ['eta-1', '66'], ['salute-1', 'bene'], ['isee', 'ho'], ['isee-ord', '4.500'],
  ['lavoro-1', 'pensione'], ['reddito', '6000'], ['casa', 'affitto'], ['affitto', '300']];

/* Who has not seen the page before reads it, answers what is known, and gets the answer. others: who lives there too. */
async function answered(page, others) {
  const person = asPerson();
  const put = async (box, value) => (await page.locator(`select#${box}`).count() > 0 ? person.choose : person.type)(page, `#${box}`, value);

  person.act();
  await toQuestions(page);
  person.read(await page.locator('main h1, main .lead').allInnerTexts());
  person.read(await wordsAsked(page, ALONE.map(([box]) => box)));
  for (const [box, value] of ALONE) await put(box, value);
  for (let n = 2; n < others.length + 2; n += 1) {
    person.act();
    await go(page, page.getByRole('button', { name: 'Aggiungi una persona' }));
    await put(`eta-${n}`, others[n - 2]);
    await put(`salute-${n}`, 'bene');
  }
  person.act();
  await answer(page);
  await isSound(page);
  expect((await page.locator('section[aria-labelledby=ti-spetta]').innerText()).includes('Bonus sociale bollette'), 'the bonus is not due');
  return person;
}

async function atThePaceOfAPerson(page) {
  const person = await answered(page, []);

  expect(person.own() <= SIX_MUST_S - MACHINE_S, `it takes a person ${person.own().toFixed(1)} s`);
  console.log(`# six questions in ${person.seconds().toFixed(0)} s at the speed of a person, ${person.own().toFixed(1)} of them the person's own`);
  await page.goto(new URL('/', page.url()).href);
  console.log(`# the same for a family of three in ${(await answered(page, ['64', '30'])).seconds().toFixed(0)} s`);
}

async function nobodyKnows(page) {
  await toQuestions(page);
  await answer(page);
  await isSound(page);
  const words = await page.locator('main').innerText();

  expect(/Ti spettano: 0\. Probabili: 0\./.test(words), 'something is said to be due to nobody');
  const cards = page.locator('section[aria-labelledby=da-verificare] li.w-due-card');

  for (let i = 0; i < await cards.count(); i += 1)
    expect(/Manca:|ricontrollati/.test(await cards.nth(i).innerText()), `a card does not say what is missing: ${await cards.nth(i).innerText()}`);
  expect(await cards.count() > 5, 'few measures');
}

async function estimate(page) {
  await toQuestions(page);
  await page.getByLabel('Il Comune dove vivi').fill('Ivrea');
  await page.getByLabel('Età, in anni').fill('40');
  await page.getByLabel('Come sta?').selectOption({ label: 'Nessuna disabilità certificata' });
  await page.getByLabel('Il tuo ISEE', { exact: true }).selectOption('stima');
  await page.getByLabel('La casa', { exact: true }).selectOption('affitto');
  await page.getByLabel('Se paghi l’affitto').fill('400');
  await page.getByLabel('Avete altre case o terreni?').selectOption('nessuno');
  await page.locator('details#stima > summary').click();
  await page.getByLabel('Stipendio in un anno').fill('14.000');
  await page.getByLabel('Soldi in conti e libretti').fill('3.000');
  await page.getByLabel('Con figli minorenni: i genitori lavorano?').selectOption('altro');
  await answer(page);
  await isSound(page);
  const box = page.locator('section[aria-labelledby=stime]');

  expect((await box.innerText()).includes('6.400,00 euro'), `the estimate says ${await box.innerText()}`);
  expect((await box.innerText()).includes('Il solo ISEE che vale è quello dell’INPS'), 'it does not say that INPS alone counts');
  await box.locator('summary').first().click();
  expect(/scala di equivalenza/i.test(await box.innerText()), 'the steps are not told');
}

async function growsAndComesBack(page, { hasScript }) {
  await toQuestions(page);
  await page.getByLabel('Il Comune dove vivi').fill('San Giorgio');
  await go(page, page.getByRole('button', { name: 'Aggiungi una persona' }));
  await isSound(page);
  expect(await page.getByLabel('Il Comune dove vivi').inputValue() === 'San Giorgio', 'the comune is lost');
  await page.locator('#eta-2').fill('otto');
  await answer(page);
  await isSound(page, 422);
  expect(await page.locator('#eta-2').inputValue() === 'otto', 'what was typed is lost');
  expect(await page.locator('#eta-2-problema').isVisible(), 'nothing stands beside the box');
  await isAccessible(page, hasScript);
  await page.locator('#eta-2').fill('8');
  await go(page, page.getByRole('button', { name: /^San Giorgio Canavese/ }));
  await isSound(page);
  expect((await page.locator('section[aria-labelledby=risposte] dl').innerText()).includes('San Giorgio Canavese (TO)'), 'the comune chosen is not said');
  await go(page, page.getByRole('button', { name: 'Cambia le risposte' }));
  await isSound(page);
  expect(await page.locator('#eta-2').inputValue() === '8', 'the answers are lost on the way back');
  await go(page, page.getByRole('button', { name: 'Togli: Persona 2, età 8' }));
  await isSound(page);
  expect(await page.locator('#eta-2').count() === 0, 'the person is still there');
}

async function onPaper(page, { hasScript }) {
  await toQuestions(page);
  await page.getByLabel('Il Comune dove vivi').fill('Ivrea');
  await answer(page);
  await isSound(page);
  expect(await page.getByRole('button', { name: 'Stampa per lo sportello' }).isVisible() === hasScript, 'the print button shows where it does nothing');
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByRole('heading', { name: 'Le tue risposte' }).isVisible(), 'the answers are not printed');
  expect(await page.getByRole('heading', { name: 'Che cosa portare' }).first().isVisible(), 'the papers are not printed');
  for (const hidden of ['main form', '.w-due-steps', 'header nav'])
    expect(!await page.locator(hidden).first().isVisible(), `${hidden} is printed`);
}

async function atTheDesk(page, { hasScript }) {
  await toQuestions(page);
  await go(page, page.locator('main').getByRole('link', { name: 'Cosa spetta: tutto in una pagina' }));
  await isSound(page);
  await page.locator('#isee_ord').fill('9.000');
  await page.locator('#eta-1').fill('70');
  await go(page, page.getByRole('button', { name: 'Calcola' }).first());
  await isSound(page);
  expect((await page.locator('section[aria-labelledby=ti-spetta]').innerText()).includes('Bonus sociale bollette'), 'the bonus is not due');
  expect(await page.locator('#isee_ord').inputValue() === '9.000', 'the facts are lost');
  await isAccessible(page, hasScript);
}

async function whatItCosts(page, { hasScript }) {
  await toQuestions(page);
  await go(page, page.locator('main').getByRole('link', { name: 'Calcoli' }));
  await isSound(page);
  const fill = async (name, value) => page.locator(`#${name}`).fill(value);
  const pick = async (name, value) => page.locator(`#${name}`).selectOption(value);

  for (const name of ['casa_valore_imu', 'mutuo_residuo', 'altri_immobili', 'titoli_stato']) await fill(name, '0');
  await fill('affitto_annuo', '4.800');
  await fill('depositi', '3.000');
  await fill('eta-1', '40');
  await pick('in_affitto', 'si');
  for (const name of ['entrambi_i_genitori_lavorano', 'genitore_solo_non_lavora', 'figlio_convivente-1', 'disabile-1', 'non_autosufficiente-1']) await pick(name, 'no');
  await fill('reddito_dipendente-1', '14.000');
  await fill('reddito_pensione-1', '0');
  await fill('altri_redditi-1', '0');
  await pick('evento', 'lavoro');
  await go(page, page.getByRole('button', { name: 'Calcola' }).first());
  await isSound(page);
  const words = await page.locator('section[aria-labelledby=risultato]').innerText();

  expect(words.includes('6.400,00 euro'), `before is not 6.400,00: ${words}`);
  expect(/Dopo: il lavoro è perso/.test(words) && words.includes('Sì, i redditi sono cambiati abbastanza'), `after is not told: ${words}`);
  await isAccessible(page, hasScript);
}

await walk({
  'six questions by keyboard alone, to whom to call': byKeyboard,
  'six questions at the speed of a person': atThePaceOfAPerson,
  'Non so everywhere': nobodyKnows,
  'an estimate of the ISEE, step by step': estimate,
  'persons come and go, a wrong answer comes back': growsAndComesBack,
  'the sheet for the desk': onPaper,
  'one page for social workers': atTheDesk,
  'before and after work is lost': whatItCosts,
});
