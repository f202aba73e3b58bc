/*
 * upkeep.journey.mjs - a citizen says what is not right, the Region finds it on a managing body's list and mends it, the
 * citizen's page says so; a managing body telephones a silent body.
 */
import { keysOf } from '../browser/portal.mjs';
import { address, expect, go, heading, isSound, walk } from './steps.mjs';

async function enter(page, origin, path) {
  await page.goto(origin + path);
  await go(page, page.getByRole('button', { name: 'Entra nelle tue liste' }));
  expect(address(page) === '/telefonate', `the key leads to ${address(page)}`);
  await isSound(page);
}

/* From the first page to an entry, to what is not right in it. */
async function report(page, words) {
  await page.getByLabel('Che cosa ti serve').fill('pacco spesa');
  await page.getByLabel('Dove vivi').fill('Torino');
  await go(page, page.getByRole('button', { name: 'Cerca', exact: true }));
  await go(page, page.locator('main .w-result h3 a').first());
  const path = address(page);

  await go(page, page.getByRole('link', { name: 'Qualcosa non è giusto?' }));
  await isSound(page);
  await page.locator('#cosa-hours').check();
  await page.getByLabel('Racconta in poche parole').fill(words);
  await go(page, page.getByRole('button', { name: 'Invia', exact: true }));
  await isSound(page);
  expect(await heading(page) === 'Grazie', `arrived at ${await heading(page)}`);
  return path;
}

/* The list of a managing body on which those words stand. */
async function findList(page, words) {
  const bodies = (await page.locator('#gestore option').allInnerTexts()).filter((t) => /\([1-9]\d*\)$/.test(t));

  for (const body of bodies.sort((a, b) => /Torino/.test(b) - /Torino/.test(a))) {
    await page.locator('#gestore').selectOption({ label: body });
    await go(page, page.getByRole('button', { name: 'Mostra la lista' }));
    if (await page.locator('main').getByText(words).count() > 0) return;
  }
  throw new Error('it stands on no list');
}

async function mended(page, { origin, keeper, width, hasScript }) {
  const mark = `${width}${hasScript ? 1 : 0}`;
  const words = `Il cartello sulla porta dice altri orari, segnalazione ${mark}.`;
  const path = await report(page, words);
  const key = new URL(keeper('link', 'issue', '--for', 'Regione', '--purpose', 'phone', '--note', mark).trim()).pathname;

  await enter(page, origin, key);
  await findList(page, words);
  await isSound(page);
  const list = page.url();

  await go(page, page.locator('.w-keep-one', { hasText: words }).getByRole('link', { name: /^Correggi/ }));
  await isSound(page);
  expect(await page.getByText(words).isVisible(), 'the form does not say what was reported');
  const minute = 10 + (Number(mark) % 45);

  await page.getByLabel('Orari').fill(`lun-ven 9-12.${minute}`);
  await go(page, page.getByRole('button', { name: 'Salva: il resto è giusto' }));
  await isSound(page);
  expect(await page.locator('main .alert-success').isVisible(), 'it does not say that it is saved');
  expect(new URL(page.url()).searchParams.get('gestore') === new URL(list).searchParams.get('gestore'), 'another list is shown');
  expect(await page.getByText(words).count() === 0, 'the report still stands on the list');
  await page.goto(origin + path);
  await isSound(page);
  const said = await page.locator('main').innerText();

  expect(/Una segnalazione del .* è stata sistemata il /.test(said), 'the citizen does not read that it was mended');
  expect(said.includes(`12.${minute}`) || said.includes(`12:${minute}`), 'the citizen does not read the new hours');
}

async function called(page, { origin }) {
  await enter(page, origin, `/chiave/${keysOf(origin).phone}`);
  const first = page.locator('section[aria-labelledby=silenziosi] > ol > li').first();
  const body = await first.locator('h3').innerText();

  expect(await first.locator('a[href^="tel:"]').count() === 1, 'nobody to call');
  await go(page, first.getByRole('button', { name: /^Non risponde nessuno/ }));
  await isSound(page);
  const again = page.locator('section[aria-labelledby=silenziosi] > ol > li', { hasText: body }).first();

  expect(/telefonat. senza risposta/.test(await again.innerText()), 'the call is not counted');
  const entry = again.locator('.w-keep-one').first();
  const path = await entry.locator('h4 a').getAttribute('href');

  await go(page, entry.getByRole('button', { name: /^È tutto giusto/ }));
  await isSound(page);
  const undo = page.getByRole('button', { name: 'Annulla', exact: true });

  expect(await undo.isVisible(), 'it cannot be undone');
  const citizen = await page.context().newPage();

  await citizen.goto(origin + path);
  expect(/[Cc]onfermata oggi|[Cc]onfermata il /.test(await citizen.locator('main').innerText()), 'the citizen does not read that it is confirmed');
  expect(!/Da riconfermare/.test(await citizen.locator('main').innerText()), 'it is still to be reconfirmed');
  await citizen.close();
  await go(page, undo);
  expect(await page.getByText('Annullato: le schede sono come prima.').isVisible(), 'nothing says that it was undone');
}

await walk({ 'a report is mended on the telephone': mended, 'a silent body is called': called });
