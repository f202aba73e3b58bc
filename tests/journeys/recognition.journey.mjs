/*
 * recognition.journey.mjs - who keeps the portal makes a model and its measure by command, brings both, lays them beside the program's
 * own and shows them to everybody; a citizen reads it; it is taken away. A wrong file is told by its line. By keyboard alone, too.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command } from '../browser/portal.mjs';
import { enter, issued, leaveKeys } from './doors.mjs';
import { address, expect, go, heading, isSound, walk } from './steps.mjs';

const folder = mkdtempSync(join(tmpdir(), 'wecare-recognition-'));
const GIVEN = ['Anna', 'Bruno', 'Carla', 'Dario', 'Elena', 'Fabio', 'Gina', 'Ivo', 'Lara', 'Marco', 'Nadia', 'Omar', 'Paola', 'Rosa', 'Sara', 'Tino'];
const SYLLABLES = ['ba', 'ce', 'di', 'fo', 'gu', 'la', 'me', 'ni', 'po', 'ru', 'sta', 've'];

/* Invented people, each written once or more, with a slip now and then: who is who is known. */
function invent(seed) {
  let state = seed;
  const next = (n) => { state = (state * 1103515245 + 12345) % 2147483648; return Math.floor((state / 2147483648) * n); };
  const records = ['rec_id,source,entered,given_name,surname,birth_date,municipality,phone,citizenship'], truth = ['rec_id,person_id'];

  for (let p = 0; p < 400; p += 1) {
    const surname = Array.from({ length: 3 }, () => SYLLABLES[next(12)]).join(''), given = GIVEN[next(16)];
    const birth = `${1940 + next(70)}-${String(1 + next(12)).padStart(2, '0')}-${String(1 + next(28)).padStart(2, '0')}`, phone = `34${10000000 + next(89999999)}`;

    for (let k = 0; k < 1 + next(3); k += 1) {
      const id = `R${p}-${k}`;

      records.push(`${id},mensa,2026-01-0${1 + next(9)},${given},${next(5) === 0 ? `${surname}i` : surname},${next(6) === 0 ? '' : birth},Ivrea,${next(3) === 0 ? '' : phone},${p % 3 === 0 ? 'MAROCCO' : 'ITALIA'}`);
      truth.push(`${id},P${p}`);
    }
  }
  return [`${records.join('\n')}\n`, `${truth.join('\n')}\n`];
}

/* What the page says to type, typed. */
function made(name, seed) {
  const at = (s) => join(folder, `${name}-${s}`), [records, truth] = invent(seed);

  writeFileSync(at('r.csv'), records);
  writeFileSync(at('t.csv'), truth);
  command('people', 'train', at('r.csv'), '--model', at('m.txt'));
  command('people', 'eval', at('r.csv'), '--truth', at('t.csv'), '--model', at('m.txt'), '--out', at('q.tsv'));
  return [at('m.txt'), at('q.tsv')];
}

const text = (page) => page.locator('main').innerText();
const file = (name, bytes) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(bytes) });

async function toModels(page, address_) {
  await enter(page, address_);
  await go(page, page.locator('main a[href="/riconoscimento/modelli"]'));
  await isSound(page);
  expect(await heading(page) === 'Modelli del riconoscimento', `arrived at ${await heading(page)}`);
}

async function toPublic(page) {
  await go(page, page.locator('footer a[href="/riconoscimento"]'));
  await isSound(page);
}

async function broughtAndShown(page, { origin, keeper, width, hasScript }) {
  const name = `Schede <b>${width}</b>${hasScript ? ' con' : ' senza'}`, [model, quality] = made(`${width}${hasScript}`, width + (hasScript ? 1 : 0));
  const region = issued(keeper, origin, 'region', 'approve');

  await toPublic(page);
  expect((await text(page)).includes('schede inventate'), 'the program\'s own is not shown first');
  await toModels(page, region);
  const button = page.getByRole('button', { name: 'Porta qui' });

  /* nothing chosen, then a file with a wrong figure: told, and the name stays */
  await page.getByLabel('Che nome gli dai?').fill(name);
  await go(page, button);
  await isSound(page, 422);
  expect((await page.locator('main [role=alert]').innerText()).includes('Scegli almeno un file'), 'nothing says that no file was chosen');
  await page.getByLabel('File del modello').setInputFiles(file('m.txt', readFileSync(model, 'utf8').replace(/^records\t.*$/m, 'records\tNaN')));
  await go(page, button);
  await isSound(page, 422);
  expect(/Riga \d+: manca una cifra/.test(await page.locator('main [role=alert]').innerText()), `it says: ${await page.locator('main [role=alert]').innerText()}`);
  expect(await page.getByLabel('Che nome gli dai?').inputValue() === name, 'the name is lost');
  await go(page, button); /* a browser does not give a file again by itself */
  await isSound(page, 422);
  await page.getByLabel('File del modello').setInputFiles(model);
  await page.getByLabel('File della misura').setInputFiles(quality);
  await go(page, button);
  await isSound(page);
  expect(await heading(page) === name, `it is called ${await heading(page)}`);
  expect((await text(page)).includes('Per ora lo vedi solo tu'), 'it does not say who sees it');
  expect(await page.locator('section[aria-labelledby="t-confronto"] tbody tr').count() >= 7, 'nothing is laid beside it');
  await page.getByLabel('Con quale modello?').selectOption({ label: 'Modello del programma' });
  await go(page, page.getByRole('button', { name: 'Confronta' }));
  await isSound(page);

  /* by keyboard alone */
  await page.getByRole('button', { name: 'Mostralo a tutti' }).focus();
  await Promise.all([page.waitForEvent('domcontentloaded'), page.keyboard.press('Enter')]);
  await isSound(page);
  expect((await text(page)).includes('ora tutti vedono questo modello'), 'it does not say that it is shown');
  await go(page, page.locator('main a[href="/chiave"]'));
  await go(page, page.locator('main a[href="/chiave/lascia"]'));
  await go(page, page.getByRole('button', { name: 'Lascia le chiavi' }));

  /* anybody, from the foot of any page */
  await toPublic(page);
  const said = await text(page);

  expect(said.includes(`Modello «${name}»`) && !said.includes('schede inventate'), 'a citizen does not read the one that was chosen');
  expect(/rispetta .*soglie/.test(said), 'there is no verdict');
  expect(await page.locator('main figure svg[role=img]').count() >= 4, 'drawings are missing');
  expect(/volte più probabile che sia la stessa persona/.test(said), 'weights are not in words');
  await go(page, page.locator('main a[href="/riconoscimento/modelli"]'));
  await isSound(page, 403); /* without a key: kindly */

  await toModels(page, region);
  await go(page, page.getByRole('link', { name, exact: true }));
  await go(page, page.getByRole('button', { name: 'Togli questo modello' }));
  await isSound(page);
  await go(page, page.getByRole('button', { name: `Rimetti ${name}` }));
  await isSound(page);
  await go(page, page.getByRole('link', { name, exact: true }));
  await go(page, page.getByRole('button', { name: 'Togli questo modello' }));
  expect(address(page) === '/riconoscimento/modelli', `arrived at ${address(page)}`);
  await go(page, page.locator('main a[href="/riconoscimento"]').last());
  await isSound(page);
  expect((await text(page)).includes('schede inventate'), 'the program\'s own is not back');
}

/* Far larger than any model, and what is no text at all: the portal goes on. */
async function hostileFiles(page, { origin, keeper }) {
  await toModels(page, issued(keeper, origin, 'region', 'approve'));
  await page.getByLabel('Che nome gli dai?').fill('Non è un modello');
  await page.getByLabel('File del modello').setInputFiles(file('m.bin', Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7) % 256))));
  await go(page, page.getByRole('button', { name: 'Porta qui' }));
  await isSound(page, 422);
  expect((await page.locator('main [role=alert]').innerText()).includes('non è un testo'), 'bytes are not told apart from text');
  const token = await page.locator('main form [name]').first().inputValue();
  const answer = await page.request.post(`${origin}/riconoscimento/modelli`, { multipart: { nome: 'Grande', token, modello: file('m.txt', Buffer.alloc(10 << 20, 'a')) } }).then((r) => r.status(), () => 413);

  expect(answer === 413, `ten megabytes are answered ${answer}`);
  await page.goBack();
  await leaveKeys(page);
}

try {
  await walk({ 'a model is brought, compared, shown to everybody and taken away': broughtAndShown, 'what is no model is told': hostileFiles });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
