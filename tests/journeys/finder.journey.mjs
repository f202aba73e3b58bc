/*
 * finder.journey.mjs - from a need to a telephone number: in two clicks, in own words, by keyboard alone, with a
 * comune written wrong, on paper, and away from a page that somebody must not see.
 */
import { address, expect, go, heading, isSound, walk } from './steps.mjs';

const CLICKS = 2, KEYS_TO_FIELD = 2;
const phones = (page) => page.locator('main .w-phone a[href^="tel:"]');

/* The first telephone is on the page, large enough for a finger, and says whom it calls. */
async function hasPhone(page) {
  const first = phones(page).first();

  expect(await first.isVisible(), `${address(page)} shows no number`);
  expect(/^tel:\+?[0-9]{3,}$/.test(await first.getAttribute('href')), 'the number cannot be called');
  expect((await first.getAttribute('aria-label')).length > 15, 'the number does not say whom it calls');
  const box = await first.boundingBox();

  expect(box.height >= 44, `the number is ${box.height} px high`);
}

async function needToPhone(page) {
  let clicks = 0;
  const click = async (locator) => { clicks += 1; await go(page, locator); await isSound(page); };

  await click(page.locator('main a.w-tile', { hasText: 'Non arrivo a fine mese' }));
  await click(page.locator('main a', { hasText: 'Mi serve cibo o un pacco spesa' }));
  await hasPhone(page);
  expect(clicks <= CLICKS, `${clicks} clicks to a number`);
}

async function wordsToService(page) {
  await page.getByLabel('Che cosa ti serve').fill('pacco spesa');
  await page.getByLabel('Dove vivi').fill('Torino');
  await go(page, page.getByRole('button', { name: 'Cerca', exact: true }));
  await isSound(page);
  expect(/^\d+ serviz.* vicino a Torino$/.test(await heading(page)), `the heading says ${await heading(page)}`);
  await hasPhone(page);
  const card = page.locator('main .w-result h3 a').first();
  const name = await card.innerText();

  await go(page, card);
  await isSound(page);
  expect((await heading(page)).trim() === name.trim(), `"${name}" leads to ${await heading(page)}`);
  expect(await page.locator('main a[href^="tel:"]').first().isVisible(), 'the sheet shows no number');
}

async function byKeyboard(page) {
  let keys = 0;
  const press = async (key) => { keys += 1; await page.keyboard.press(key); };

  await press('Tab');
  expect(await page.locator(':focus').isVisible(), 'the first key shows nothing');
  await press('Enter');
  expect(await page.evaluate(() => document.activeElement.id) === 'cosa', 'the focus is not on the field');
  expect(keys <= KEYS_TO_FIELD, `${keys} keys to the field`);
  await page.keyboard.type('pacco spesa');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Torino');
  await Promise.all([page.waitForEvent('domcontentloaded'), page.keyboard.press('Enter')]);
  await isSound(page);
  for (let i = 0; i < 200; i += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(() => document.activeElement.matches('.w-phone a[href^="tel:"]'))) return;
  }
  throw new Error('no number is reached with the keyboard');
}

async function mapByKeyboard(page, { width }) {
  await page.getByLabel('Che cosa ti serve').fill('pacco spesa');
  await page.getByLabel('Dove vivi').fill('Torino');
  await go(page, page.getByRole('button', { name: 'Cerca', exact: true }));
  if (width < 800) {
    expect(!await page.locator('#mappa').isVisible(), 'the map stands before the list on a phone');
    await page.getByRole('link', { name: 'Mappa', exact: true }).click();
  }
  const pin = page.locator('#mappa a.w-pin').first();

  expect(await pin.isVisible(), 'the map is not there');
  await pin.focus();
  await page.keyboard.press('Enter');
  const card = page.locator(`main ${new URL(page.url()).hash}`);

  expect(await card.count() === 1 && await card.isVisible(), `the pin leads to ${new URL(page.url()).hash}`);
  const name = await card.locator('h3').innerText();

  expect((await pin.getAttribute('aria-label')).includes(name), `the pin is called otherwise than "${name}"`);
}

async function wrongComune(page) {
  await page.getByLabel('Che cosa ti serve').fill('pacco spesa');
  await page.getByLabel('Dove vivi').fill('Torinno');
  await go(page, page.getByRole('button', { name: 'Cerca', exact: true }));
  await isSound(page);
  expect(await page.getByText('Hai scritto «Torinno»').isVisible(), 'the mistake is not said');
  await hasPhone(page);
  await page.getByLabel('Dove vivi').fill('San Giorgio');
  await go(page, page.getByRole('button', { name: 'Cerca', exact: true }));
  await isSound(page);
  expect(await page.locator('[aria-invalid=true]').inputValue() === 'San Giorgio', 'what was typed is lost');
  await go(page, page.locator('main').getByRole('link', { name: 'San Giorgio Canavese' }));
  await isSound(page);
  expect((await heading(page)).includes('San Giorgio Canavese'), `arrived at ${await heading(page)}`);
  expect(await page.getByLabel('Che cosa ti serve').inputValue() === 'pacco spesa', 'the words are lost');
}

async function filtersOnAndOff(page, { width }) {
  await page.getByLabel('Che cosa ti serve').fill('pacco spesa');
  await page.getByLabel('Dove vivi').fill('Torino');
  await go(page, page.getByRole('button', { name: 'Cerca', exact: true }));
  const all = await heading(page);

  if (width < 800) await page.getByRole('link', { name: 'Filtri' }).click();
  const box = page.locator('#filtri .form-check').first();
  const n = Number((await box.locator('small').innerText()).match(/\d+/)[0]);

  await box.locator('label').click();
  await go(page, page.getByRole('button', { name: 'Applica i filtri' }));
  await isSound(page);
  expect(Number((await heading(page)).match(/^\d+/)?.[0]) === n, `the filter said ${n}, the list says ${await heading(page)}`);
  await go(page, page.locator('.w-chips a').first());
  await isSound(page);
  expect(await heading(page) === all, `without the filter ${await heading(page)}, before ${all}`);
}

async function resultsOnPaper(page) {
  await page.getByLabel('Che cosa ti serve').fill('pacco spesa');
  await page.getByLabel('Dove vivi').fill('Torino');
  await go(page, page.getByRole('button', { name: 'Cerca', exact: true }));
  const names = await page.locator('main .w-result h3').allInnerTexts();

  await go(page, page.getByRole('link', { name: 'Stampa l’elenco' }));
  await isSound(page);
  const printed = await page.locator('.w-paper-list h2').allInnerTexts();

  expect(names.every((name) => printed.some((p) => p.includes(name))), 'the paper has not what the list has');
  await page.emulateMedia({ media: 'print' });
  expect(!await page.locator('header nav').first().isVisible(), 'the menu is printed');
  expect(await page.locator('.w-paper-tel').first().isVisible(), 'the numbers are not printed');
}

async function needInArabic(page) {
  await go(page, page.getByRole('link', { name: 'Vedi tutte le frasi' }));
  await go(page, page.getByRole('link', { name: 'العربية' }));
  await isSound(page);
  expect(await page.locator('section[dir=rtl]').count() === 12, 'the groups are not written from the right');
  expect(await page.getByText('da rivedere').first().isVisible(), 'nobody says that the translation is to be reviewed');
  await go(page, page.locator('section[dir=rtl] .w-needs a').nth(1));
  await isSound(page);
  expect(await page.locator('p[lang=ar][dir=rtl]').isVisible(), 'the sentence is lost on the way');
  await hasPhone(page);
}

async function leaveAtOnce(page, { hasScript, origin }) {
  await page.route('https://www.meteoam.it/**', (r) => r.fulfill({ status: 200, contentType: 'text/html', body: '<title>meteo</title>' }));
  await go(page, page.locator('main a.w-tile', { hasText: 'Subisco violenza' }));
  await isSound(page);
  expect(await page.locator('main a[href="tel:1522"]').isVisible(), 'the number is not there');
  expect(!/violen/i.test(await page.title()), `the window is called ${await page.title()}`);
  await go(page, page.locator('main .w-needs a').first());
  await isSound(page);
  await page.evaluate(() => window.scrollTo(0, 400));
  expect(await page.getByRole('link', { name: 'Esci subito' }).isVisible(), 'the way out is not in view');
  if (!hasScript) {
    await page.getByRole('link', { name: 'Esci subito' }).click();
    await page.waitForURL('https://www.meteoam.it/');
    return;
  }
  for (let i = 0; i < 3; i += 1) await page.keyboard.press('Escape');
  await page.waitForURL('https://www.meteoam.it/');
  await page.goBack();
  expect(page.url() === `${origin}/`, `back leads to ${page.url()}`);
}

await walk({
  'a need and its number in two clicks': needToPhone,
  'own words, a service and its sheet': wordsToService,
  'to a number by keyboard alone': byKeyboard,
  'the map by keyboard': mapByKeyboard,
  'a comune written wrong, and one of many': wrongComune,
  'filters on and off': filtersOnAndOff,
  'results on paper': resultsOnPaper,
  'a need in Arabic': needInArabic,
  'away from a page at once': leaveAtOnce,
});
