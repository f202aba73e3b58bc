/*
 * albo.journey.mjs - a body is proposed by anybody, approved by who looks after its comune, gets its key, and its first entry is
 * seen.
 */
import { keysOf } from '../browser/portal.mjs';
import { enter, leaveKeys } from './doors.mjs';
import { address, expect, go, isSound, walk } from './steps.mjs';

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
  expect(/^\/albo\/proponi\/\w{10}/.test(address(page)), `the proposal leads to ${address(page)}`);
  const desk = await page.context().newPage(); /* at the managing body; the page of the proposal stays open */

  await enter(desk, `${origin}/chiave/${keysOf(origin).approve}`);
  await go(desk, desk.getByRole('link', { name }).first());
  await isSound(desk);
  await go(desk, desk.getByRole('button', { name: /^Approva/ }));
  await isSound(desk);
  const key = (await desk.locator('main').innerText()).match(/\/chiave\/(\w{20,})/)?.[1];

  expect(key, 'the approver is not told the key');
  await go(desk, desk.locator('.breadcrumb a[href="/albo/gestione"]'));
  await leaveKeys(desk);
  await desk.close();
  await page.reload();
  expect((await page.locator('main').innerText()).includes('Approvata'), 'who proposed is not told');
  await enter(page, `${origin}/chiave/${key}`);
  await go(page, page.locator('main a[href="/schede/nuova"]').first());
  await page.locator('main [name="name"]').fill(`Passeggiata ${name}`);
  await go(page, page.locator('.w-save-bar button.btn-primary'));
  await isSound(page);
  await go(page, page.locator('.breadcrumb a[href="/schede"]'));
  await leaveKeys(page);
  await go(page, page.locator('footer').getByRole('link', { name: 'Albo degli enti' }));
  await page.locator('#testo').fill(name);
  await go(page, page.locator('main form[action="/albo"] button[type=submit]'));
  await go(page, page.locator('main .card-title').getByRole('link', { name }));
  await isSound(page);
  expect((await page.locator('main').innerText()).includes(`Passeggiata ${name}`), 'a citizen does not see its entry');
}

await walk({ 'a body is proposed, approved and has its entry': proposeABody });
