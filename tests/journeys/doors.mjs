/*
 * doors.mjs - how people of bodies come in and go out again, and how a citizen looks for what they wrote: by the address that a
 * mail brought, then by what is on the pages.
 */
import { expect, go, isSound } from './steps.mjs';

/* The address of a key, as a mail has it; it leads to the first page of that key. */
export async function enter(page, address) {
  await page.goto(address);
  await go(page, page.locator('main form[method=post] button[type=submit]').first());
  await isSound(page);
}

/* What `wecare link issue` told, brought to this portal. */
export function issued(keeper, origin, whom, purpose) {
  const said = keeper('link', 'issue', '--for', whom, '--purpose', purpose);

  return origin + said.match(/\/chiave\/\w+/)[0];
}

/* By the links of the page, back to one that leads to the keys, and out. */
export async function leaveKeys(page) {
  const keys = page.locator('main a[href="/chiave"]');

  for (let i = 0; i < 4 && await keys.count() === 0; i += 1) {
    const up = page.locator('.breadcrumb a').last();

    if (i === 0 && await up.count() > 0 && !/^\/(en)?$/.test(await up.getAttribute('href'))) await go(page, up);
    else await page.goBack();
  }
  await go(page, keys.first());
  await go(page, page.locator('main a[href="/chiave/lascia"]'));
  await go(page, page.getByRole('button', { name: 'Lascia le chiavi' }));
  await isSound(page);
}

/* As a citizen does, from the home. Returns the names found. */
export async function find(page, what, where) {
  await go(page, page.locator('header a[href="/"]').first());
  await page.getByLabel('Che cosa ti serve').fill(what);
  await page.getByLabel('Dove vivi').fill(where);
  await go(page, page.getByRole('button', { name: 'Cerca', exact: true }));
  await isSound(page);
  return page.locator('main .w-result h3 a').allInnerTexts();
}

/* A new entry, typed; the browser holds a key to keep and stands in Schede. */
export async function writeEntry(page, fields) {
  await go(page, page.locator('main a[href="/schede/nuova"]').first());
  await isSound(page);
  for (const [name, text] of Object.entries(fields)) await page.locator(`main [name="${name}"]`).fill(text);
  await go(page, page.locator('.w-save-bar button.btn-primary'));
  await isSound(page);
  expect(await page.locator('main .alert-danger').count() === 0, await page.locator('main').innerText());
  await go(page, page.locator('.breadcrumb a[href="/schede"]'));
}
