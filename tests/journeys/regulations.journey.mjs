/*
 * regulations.journey.mjs - a body types its regulation, with an error first, and saves it; another visitor sees it side by side with
 * the others, and what a household pays has changed; the body brings the earlier text back.
 */
import { address, expect, go, heading, isSound, walk } from './steps.mjs';

const BODY = 'CISA Gassino';

async function asked(page) {
  await page.locator('#n-isee').fill('10.000');
  await page.locator('#n-volte').fill('10');
  await go(page, page.getByRole('button', { name: 'Fai il conto' }));
  await isSound(page);
  const row = page.locator('main tr', { hasText: BODY }).filter({ has: page.locator('details') });

  expect(await row.count() === 1, `${await row.count()} rows of ${BODY}`);
  return (await row.locator('strong').first().innerText()).trim();
}

async function toComparison(page) {
  await go(page, page.locator('footer').getByRole('link', { name: 'Regolamenti a confronto' }));
  await isSound(page);
}

async function compared(page) {
  await toComparison(page);
  expect((await page.locator('main').innerText()).includes('inventato per dimostrazione'), 'nothing says that the sets are invented');
  expect((await page.locator('main svg[role=img] path[stroke-dasharray]').count()) >= 7, 'not a line for each body');
  await page.getByLabel('Che cosa confronti').selectOption('economic-support');
  await go(page, page.getByRole('button', { name: 'Confronta' }));
  await isSound(page);
  await go(page, page.locator('main thead a').first());
  await isSound(page);
  expect((await page.locator('main').innerText()).includes('In parole'), `${await heading(page)} is not told in words`);
  await go(page, page.locator('main p.w-who a'));
  await isSound(page);
  await go(page, page.locator('main a[href="/regolamenti"]').first());
  await isSound(page);
}

async function typed(page, { origin, keeper }) {
  await toComparison(page);
  const before = await asked(page);
  const key = keeper('link', 'issue', '--for', 'MB34', '--purpose', 'keep').match(/\/chiave\/(\w+)/)?.[1];

  expect(key, 'the administrator is told no key');
  await page.goto(`${origin}/chiave/${key}`);
  await go(page, page.locator('main form[method=post] button[type=submit]').first());
  await isSound(page);
  await go(page, page.locator('main a[href="/regolamenti/mio"]').first());
  await isSound(page);
  await go(page, page.getByRole('link', { name: 'Modifica: Assistenza domiciliare' }).first());
  await isSound(page);
  await page.locator('#c-schema').selectOption('exempt');
  await go(page, page.getByRole('button', { name: 'Usa questo schema' }));
  await isSound(page);
  await page.locator('#c-soglia').fill('novemila');
  await page.locator('#c-costo').fill('12');
  await page.locator('#esempio-isee-1').fill('10.000');
  await page.locator('#esempio-atteso-1').fill('12');
  for (const field of ['isee', 'minori', 'volte', 'atteso']) await page.locator(`#esempio-${field}-2`).fill('');
  await go(page, page.getByRole('button', { name: 'Salva il regolamento' }));
  await isSound(page, 422);
  expect((await page.locator('#p-soglia').innerText()).includes('novemila'), 'the error is not beside its field');
  expect(await page.locator('#c-costo').inputValue() !== '', 'what was typed is lost');
  await page.locator('#c-soglia').fill('9.000');
  await go(page, page.getByRole('button', { name: 'Guarda l’anteprima' }));
  await isSound(page);
  expect((await page.locator('main').innerText()).includes('Non è ancora salvato'), 'the preview does not say that nothing is saved');
  await go(page, page.getByRole('button', { name: 'Salva il regolamento' }));
  await isSound(page);
  const at = address(page);

  expect((await page.locator('main .alert-success').innerText()).includes('Salvato'), 'nothing says that it was saved');
  /* another visitor: no key */
  const other = await page.context().browser().newContext({ viewport: page.viewportSize() });

  try {
    const visitor = await other.newPage();

    await visitor.goto(origin);
    await toComparison(visitor);
    const after = await asked(visitor);

    expect(after !== before && after.startsWith('120'), `${BODY} asked ${before}, asks ${after}, not 120`);
  } finally {
    await other.close();
  }
  /* and back again */
  expect(address(page) === at, 'the body has left its page');
  await go(page, page.getByRole('button', { name: /^Torna alla versione/ }).first());
  await isSound(page);
  expect((await page.locator('main').innerText()).includes('torna la versione'), 'the history does not say what came back');
  await toComparison(page);
  expect(await asked(page) === before, 'the earlier amount is not back');
}

await walk({
  'regulations stand side by side, one is read': compared,
  'a body types its own, another visitor sees it, and it is taken back': typed,
});
