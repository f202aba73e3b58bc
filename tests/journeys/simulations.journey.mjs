/*
 * simulations.journey.mjs - a planner chooses a measure, moves its threshold, sees who gains and who loses, takes the spreadsheet,
 * and repeats it all from the saved file.
 */
import { readFileSync } from 'node:fs';
import { address, expect, go, heading, isSound, walk } from './steps.mjs';

async function toSimulations(page) {
  await go(page, page.getByRole('contentinfo').getByRole('link', { name: 'Simulazioni', exact: true }));
  await isSound(page);
  expect(address(page) === '/simulazioni', `arrived at ${address(page)}`);
  await page.getByLabel('Quale misura?').selectOption({ label: (await page.getByLabel('Quale misura?').locator('option').allInnerTexts()).find((o) => o.startsWith('Assegno di inclusione')) });
  await go(page, page.getByRole('button', { name: 'Scegli', exact: true }));
  await isSound(page);
}

const answer = (page) => page.locator('#esito .lead').innerText();
const numbers = (words) => words.match(/diritto ([\d.]+) famiglie, dopo ([\d.]+)\. Ci/).slice(1).map((n) => Number(n.replaceAll('.', '')));

async function typeNumber(page, value) {
  await page.locator('#p-limite_isee').fill(value);
  await go(page, page.getByRole('button', { name: 'Calcola chi ci guadagna' }));
  await isSound(page);
}

async function lowerThreshold(page) {
  await toSimulations(page);
  await typeNumber(page, '6.000');
  const words = await answer(page);
  const [before, after] = numbers(words);

  expect(before > after && after > 0, `the sentence says ${words}`);
  expect(/Ci guadagnano in 0, ci perdono in [1-9]/.test(words), `the sentence says ${words}`);
  const kinds = page.locator('#esito section[aria-labelledby=t-famiglie] tbody tr');

  expect(await kinds.count() >= 5, 'the kinds of household are not there');
  expect(await page.locator('#esito section[aria-labelledby=t-zone] tbody tr').count() > 10, 'the areas are not there');
  expect(await page.locator('#esito section[aria-labelledby=t-salti] tbody tr').filter({ hasText: '6.000' }).count() > 0, 'the jump at the new threshold is not told');
  expect(await page.locator('#p-limite_isee').inputValue() === '6.000', 'the number is lost');
}

async function wrongNumber(page) {
  await toSimulations(page);
  await page.locator('#p-limite_isee').fill('seimila');
  await go(page, page.getByRole('button', { name: 'Calcola chi ci guadagna' }));
  await isSound(page, 422);
  expect(await page.locator('#p-limite_isee').inputValue() === 'seimila', 'what was typed is lost');
  expect(await page.getByText('Questo non è un numero: seimila').first().isVisible(), 'nothing says what to mend');
}

async function moveRange(page, { hasScript }) {
  await toSimulations(page);
  const range = page.locator('#cursore');

  if (!hasScript) {
    await range.fill('5140');
    await go(page, page.getByRole('button', { name: 'Calcola chi ci guadagna' }));
    await isSound(page);
  } else {
    await range.fill('5140');
    await page.locator('#esito .lead').waitFor({ timeout: 10000 });
    expect(address(page).startsWith('/simulazioni'), 'the page went away');
  }
  expect(await page.locator('#p-limite_isee').inputValue() === '5.140', `beside the range stands ${await page.locator('#p-limite_isee').inputValue()}`);
  expect((await page.locator('#esito').innerText()).includes('5.140 euro'), 'the answer is of another threshold');
}

async function takeAndRepeat(page) {
  await toSimulations(page);
  await typeNumber(page, '7.500');
  const words = await answer(page);
  const [sheet] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Scarica per Excel' }).click()]);

  expect(sheet.suggestedFilename() === 'simulazione.xlsx', `the file is called ${sheet.suggestedFilename()}`);
  expect(readFileSync(await sheet.path()).subarray(0, 2).toString() === 'PK', 'it is no spreadsheet');
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Salva per ripetere' }).click()]);
  const saved = readFileSync(await file.path());

  await page.locator('.breadcrumb a').first().click();
  await toSimulations(page);
  await page.getByText('Ripeti una simulazione salvata').click();
  await page.getByLabel('File della simulazione').setInputFiles({ name: 'simulazione.json', mimeType: 'application/json', buffer: saved });
  await go(page, page.getByRole('button', { name: 'Ripeti', exact: true }));
  await isSound(page);
  expect((await page.locator('#esito').innerText()).includes('cifra per cifra'), 'it came out otherwise');
  expect(await answer(page) === words, `first ${words}, then ${await answer(page)}`);
  expect(await heading(page) === 'Simulazioni', `the title says ${await heading(page)}`);
}

await walk({
  'a threshold lowered': lowerThreshold,
  'a number that is none': wrongNumber,
  'the range moved': moveRange,
  'taken away and repeated': takeAndRepeat,
});
