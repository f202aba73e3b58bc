/*
 * care-plan.journey.mjs - a body begins its scale of need and plan of care with another's, changes it and publishes it; a social
 * worker fills the scale and the plan by keyboard alone and reads band, ceiling, what is covered, what remains; the points feed
 * Scelta Sociale; nothing of it is kept.
 */
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { address, asPerson, choose, expect, go, heading, isSound, tabTo, walk } from './steps.mjs';

const axe = readFileSync(createRequire(new URL('../browser/package.json', import.meta.url)).resolve('axe-core/axe.min.js'), 'utf8');
/* 5 answers at 2 points, 3 at 4, the family 3: 25 points, the second band. */
const ANSWERS = { bada_a_se: 'con_aiuto', si_muove: 'non_riesce', mangia: 'con_aiuto', usa_il_bagno: 'con_aiuto', continenza: 'a_volte',
  orientamento: 'sempre', comportamento: 'tranquillo', prende_medicine: 'con_aiuto', cucina: 'non_riesce', fa_la_spesa: 'non_riesce',
  usa_soldi_telefono: 'da_solo', rete_familiare: 'parziale' };

async function isAccessible(page, hasScript) {
  if (!hasScript) return;
  await page.evaluate(() => { for (const d of document.querySelectorAll('main details')) d.open = true; });
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] }));

  expect(found.violations.length === 0, found.violations.map((v) => `${v.id}: ${v.nodes[0].html.slice(0, 120)}`).join('; '));
}

const told = (page, label) => page.locator('.w-due-amounts > div').filter({ hasText: label }).first().locator('dd').innerText();

async function bodyBeginsWithAnothers(page, { origin, keeper, hasScript }) {
  const key = keeper('link', 'issue', '--for', 'MB34', '--purpose', 'keep').match(/\/chiave\/(\w+)/)?.[1];
  const person = asPerson();

  await page.goto(`${origin}/chiave/${key}`);
  await go(page, page.locator('main form[method=post] button[type=submit]').first());
  await go(page, page.locator('main a[href="/regolamenti/mio"]').first());
  person.act();
  await go(page, page.locator('main a[href="/regolamenti/mio?tipo=care-plan"]'));
  await isSound(page);
  await isAccessible(page, hasScript);
  if (!hasScript) await page.locator('main summary', { hasText: 'Parti dal regolamento di un altro ente' }).click();
  person.act();
  await go(page, page.locator('main a', { hasText: 'CISS Chivasso' }));
  await isSound(page);
  expect(await page.locator('#punti-tanto-1').inputValue() === '4', 'the points are not copied');
  expect(await page.locator('#c-fonte').inputValue() === '', 'another body’s deliberation is copied');
  await person.type(page, '#c-titolo', 'Piano di prova');
  await person.type(page, '#c-dal', '2026-01-01');
  await person.type(page, '#c-fonte', 'deliberazione 14 del 2026');
  await person.choose(page, '#c-punti-come', 'sociale');
  await person.type(page, '#punti-tanto-2', 'tanti');
  person.act();
  await go(page, page.getByRole('button', { name: 'Salva il regolamento' }));
  await isSound(page, 422);
  expect((await page.locator('#p-voce-2').innerText()).includes('tanti'), 'the error is not beside its question');
  await isAccessible(page, hasScript);
  await person.type(page, '#punti-tanto-2', '4');
  person.act();
  await go(page, page.getByRole('button', { name: 'Salva il regolamento' }));
  await isSound(page);
  console.log(`# a scale and a plan from another body's in ${person.seconds().toFixed(0)} s at the speed of a person`);
  const at = address(page);

  try {
    await socialWorker(page, at.split('/').pop(), hasScript);
  } finally {
    await page.goto(`${origin}${at}`);
    await go(page, page.getByRole('button', { name: 'Togli questo regolamento' }));
  }
}

async function socialWorker(page, slug, hasScript) {
  await go(page, page.locator('header a.w-brand'));
  await go(page, page.locator('main').getByRole('link', { name: 'Scopri cosa ti spetta' }));
  await go(page, page.locator('main').getByRole('link', { name: 'Cosa spetta: tutto in una pagina' }));
  await page.locator('#scheda').selectOption(slug);
  await go(page, page.getByRole('button', { name: 'Usa questa scheda' }));
  await isSound(page);
  expect((await page.locator('#bada_a_se').innerText()).includes('con aiuto: 2 punti'), 'an answer does not show its points');
  for (const [id, value] of Object.entries(ANSWERS)) await page.locator(`#${id}`).selectOption(value);
  await page.locator('#ore_assistente_settimana').fill('8');
  await page.locator('#isee_soc').fill('18.000');
  await go(page, page.getByRole('button', { name: 'Calcola' }).first());
  await isSound(page);
  expect(await told(page, 'Paga l’ente') === '225,33 euro', `covered: ${await told(page, 'Paga l’ente')}`); /* half of 8 * 52 / 12 * 13 */
  expect(await page.locator('#bada_a_se').inputValue() === 'con_aiuto', 'the scale is lost');
  const choice = page.locator('li.w-due-card').filter({ has: page.locator('h3', { hasText: 'Scelta Sociale, buono domiciliarità' }) });

  await choice.locator('details').first().evaluate((d) => { d.open = true; });
  expect(/punteggio sociale arriva al minimo: 25 .*7/.test(await choice.innerText()), 'the points do not feed Scelta Sociale');
  await isAccessible(page, hasScript);
  await page.goto(page.url());
  expect(await page.locator('#isee_soc').inputValue() === '', 'something is kept');
}

/* The page of a regulation: scale and plan by keyboard, with something that cannot be read first. */
async function byKeyboard(page, { hasScript }) {
  await go(page, page.locator('footer').getByRole('link', { name: 'Regolamenti a confronto' }));
  await page.getByLabel('Che cosa confronti').selectOption('care-plan');
  await go(page, page.getByRole('button', { name: 'Confronta' }));
  await isSound(page);
  await go(page, page.locator('main thead a', { hasText: 'Piano di cura a casa' }));
  await isSound(page);
  expect(await heading(page) === 'Piano di cura a casa', `arrived at ${await heading(page)}`);
  for (const [id, value] of Object.entries(ANSWERS)) await choose(page, `f-${id}`, value);
  await tabTo(page, 'f-ore_assistente_settimana');
  await page.keyboard.type('8');
  await tabTo(page, 'f-altri_costi_mese');
  await page.keyboard.type('molti');
  await tabTo(page, 'f-isee_soc');
  await page.keyboard.type('18.000');
  await Promise.all([page.waitForEvent('domcontentloaded'), page.keyboard.press('Enter')]);
  await isSound(page, 422);
  expect(await page.locator('#f-altri_costi_mese').inputValue() === 'molti', 'what was typed is lost');
  await page.locator('#f-altri_costi_mese').fill('200');
  await go(page, page.getByRole('button', { name: 'Fai il conto' }));
  await isSound(page);
  const ends = { 'Fascia di intensità': '2', 'Tetto di un mese': '600,00 euro', 'Parte a carico': '50 %', 'Paga l’ente': '300,00 euro', 'Resta alla persona': '350,67 euro' };

  for (const [label, value] of Object.entries(ends)) expect(await told(page, label) === value, `${label}: ${await told(page, label)}, not ${value}`);
  const words = await page.locator('main').innerText();

  expect(/8 × 13 € all’ora: 450,67 euro/.test(words) && /Punti in tutto\s+25/.test(words), 'costs or points are not told');
  await isAccessible(page, hasScript);
}

await walk({
  'scale and plan by keyboard, what is covered and what remains': byKeyboard,
  'a body begins with another’s, the points feed Scelta Sociale': bodyBeginsWithAnothers,
});
