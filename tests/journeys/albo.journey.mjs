/*
 * albo.journey.mjs - a body is proposed by anybody, approved by who looks after its comune, gets its key, and its first entry is
 * seen; of an entry written twice a body says that it is one, who looks after the other that they are two; a copy shows its model's words.
 */
import { keysOf } from '../browser/portal.mjs';
import { address, expect, go, heading, isSound, walk } from './steps.mjs';

async function enter(page, origin, purpose) {
  await page.goto(`${origin}/chiave/${keysOf(origin)[purpose]}`);
  await go(page, page.locator('main form[method=post] button[type=submit]').first());
  await isSound(page);
}

async function leaveKeys(page, origin) {
  await page.goto(`${origin}/chiave/lascia`);
  await go(page, page.getByRole('button', { name: 'Lascia le chiavi' }));
}

async function proposeABody(page, { origin, width, hasScript }) {
  const name = `Amici del viale ${width} ${hasScript ? 'con' : 'senza'}`;

  await go(page, page.locator('footer').getByRole('link', { name: 'Albo degli enti' }));
  await isSound(page);
  await go(page, page.locator('main a[href="/albo/proponi"]').first());
  await isSound(page);
  await page.locator('#nome').fill(name);
  await page.locator('#tipo').selectOption('group');
  await page.locator('#cosa').fill('Passeggiate per chi è solo.');
  await page.locator('#comune').fill('Ivrea');
  await page.locator('#telefono').fill('0125 555 0199');
  await go(page, page.locator('form[action="/albo/proponi"] button[type=submit]').first());
  await isSound(page);
  const follow = page.url();

  expect(/^\/albo\/proponi\/\w{10}/.test(address(page)), `the proposal leads to ${address(page)}`);
  await enter(page, origin, 'approve');
  await page.goto(`${origin}/albo/gestione`);
  await go(page, page.getByRole('link', { name }).first());
  await isSound(page);
  await go(page, page.getByRole('button', { name: /^Approva/ }));
  await isSound(page);
  const key = (await page.locator('main').innerText()).match(/\/chiave\/(\w{20,})/)?.[1];

  expect(key, 'the approver is not told the key');
  await leaveKeys(page, origin);
  await page.goto(follow);
  expect((await page.locator('main').innerText()).includes('Approvata'), 'who proposed is not told');
  await page.goto(`${origin}/chiave/${key}`);
  await go(page, page.locator('main form[method=post] button[type=submit]').first());
  await go(page, page.locator('main a[href="/schede/nuova"]').first());
  await page.locator('main [name="name"]').fill(`Passeggiata ${name}`);
  await go(page, page.locator('.w-save-bar button.btn-primary'));
  await isSound(page);
  await leaveKeys(page, origin);
  await page.goto(`${origin}/albo?testo=${encodeURIComponent(name)}`);
  await go(page, page.locator('main .card-title').getByRole('link', { name }));
  await isSound(page);
  expect((await page.locator('main').innerText()).includes(`Passeggiata ${name}`), 'a citizen does not see its entry');
}

async function askedAndAnswered(page, { origin }) {
  await enter(page, origin, 'keep');
  await page.goto(`${origin}/doppioni`);
  await isSound(page);
  const pair = page.locator('main .w-result .card-title a').first();

  expect(await pair.count() === 1, 'no pair waits');
  await go(page, pair);
  await isSound(page);
  const where = address(page);

  await go(page, page.getByRole('button', { name: /^Sono la stessa/ }));
  await isSound(page);
  expect((await page.locator('main .alert-success').innerText()).length > 0, 'nothing says what was done');
  await leaveKeys(page, origin);
  await enter(page, origin, 'approve');
  await page.goto(origin + where);
  await go(page, page.locator(`form[action="${where}/diverse"] button`));
  await isSound(page);
  await page.goto(origin + where);
  await go(page, page.locator(`form[action="${where}/ancora"] button`));
  await leaveKeys(page, origin);
}

async function copyAModel(page, { origin }) {
  await enter(page, origin, 'keep');
  await go(page, page.locator('main a[href="/modelli"]').first());
  await isSound(page);
  await go(page, page.locator('main .card-title a').first());
  await isSound(page);
  await go(page, page.getByRole('link', { name: 'Guarda la tua copia' }));
  await isSound(page);
  expect((await page.locator('main').innerText()).includes('da lunedì a venerdì'), `${await heading(page)} does not show what differs`);
  await leaveKeys(page, origin);
}

await walk({
  'a body is proposed, approved and has its entry': proposeABody,
  'a body asks about a pair, who looks after the other answers': askedAndAnswered,
  'a model and the copy that differs': copyAModel,
});
