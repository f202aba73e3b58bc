/*
 * models.journey.mjs - the Region writes a service once, a body takes it with one tap and says a line in its own words, the Region
 * sees which, changes the model, and the citizen reads both.
 */
import { keysOf } from '../browser/portal.mjs';
import { enter, find, issued, leaveKeys } from './doors.mjs';
import { expect, go, heading, isSound, walk } from './steps.mjs';

async function toModel(page, name) {
  await go(page, page.locator('main a[href="/modelli"]').first());
  await isSound(page);
  await go(page, page.locator('main .card-title').getByRole('link', { name }));
  await isSound(page);
  expect(await heading(page) === name, `the model is called ${await heading(page)}`);
}

async function copiedAndChanged(page, { origin, keeper, width, hasScript }) {
  const name = `Spesa a casa ${width}${hasScript ? 'c' : 's'}`, own = `Lo portiamo noi il martedì, ${width}.`;
  const region = issued(keeper, origin, 'region', 'approve');

  await enter(page, region);
  await go(page, page.locator('main a[href="/modelli"]').first());
  await go(page, page.locator('main a[href="/modelli/nuovo"]'));
  await isSound(page);
  await page.locator('main [name="name"]').fill(name);
  await page.locator('main [name="summary"]').fill('La spesa portata a casa.');
  await page.locator('main [name="description"]').fill('Un volontario porta la spesa a chi non può uscire.');
  await go(page, page.locator('main form.w-form button[type=submit]'));
  await isSound(page);
  expect(await heading(page) === name, `written, it leads to ${await heading(page)}`);
  await page.goBack();
  await page.goBack();
  await page.goBack();
  await leaveKeys(page);

  await enter(page, `${origin}/chiave/${keysOf(origin).keep}`);
  await toModel(page, name);
  await go(page, page.locator('main form[action$="/copia"] button')); /* one tap */
  await isSound(page);
  expect((await page.locator('main').innerText()).includes('uguale al modello'), 'the copy is not in step');
  await go(page, page.locator('main a.btn-primary[href^="/schede/"]'));
  await isSound(page);
  await page.locator('main [name="summary"]').fill(own);
  await go(page, page.locator('.w-save-bar button.btn-primary'));
  await isSound(page);
  await go(page, page.locator('.breadcrumb a[href="/schede"]'));
  await leaveKeys(page);

  await enter(page, region);
  await toModel(page, name);
  const copies = await page.locator('section[aria-labelledby="t-copie"]').innerText();

  expect(/1 campo diverso: In breve/.test(copies), `the Region reads: ${copies}`);
  await go(page, page.locator('main a[href$="/modifica"]'));
  await isSound(page);
  expect(await page.locator('main [name="summary"]').inputValue() === 'La spesa portata a casa.', 'the copy has changed the model');
  await page.locator('main [name="description"]').fill('Un volontario porta la spesa, anche il sabato.');
  await go(page, page.locator('main form.w-form button[type=submit]'));
  await isSound(page);
  expect((await page.locator('main .alert-success').innerText()).includes('1'), 'it does not say how many follow');

  const found = await find(page, name, 'Ivrea');

  expect(found.length > 0, 'a citizen does not find the copy');
  await go(page, page.locator('main .w-result h3 a', { hasText: name }).first());
  await isSound(page);
  const sheet = await page.locator('main').innerText();

  expect(sheet.includes(own), 'the body\'s own line is gone');
  expect(sheet.includes('anche il sabato'), 'what the Region changed is not there');
}

await walk({ 'a model is copied, changed, and followed': copiedAndChanged });
