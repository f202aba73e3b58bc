/*
 * open-data.journey.mjs - who looks after a comune's site puts the list there; who wants data finds them and takes them away.
 */
import { createServer } from 'node:http';
import { address, expect, go, heading, isSound, walk } from './steps.mjs';

/* The page of a comune, with what was pasted in it. */
function siteWith(lines) {
  return new Promise((ready) => {
    const server = createServer((_, answer) => {
      answer.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
      answer.end(`<!doctype html><html lang="it"><title>Comune</title><h1>Sito del Comune</h1>${lines}`);
    }).listen(0, '127.0.0.1', () => ready(server));
  });
}

async function embeds(page) {
  await go(page, page.locator('footer').getByRole('link', { name: 'Sul sito del tuo Comune' }));
  await isSound(page);
  await page.getByLabel('Comune', { exact: true }).fill('Ivrea');
  await page.getByLabel('Quanti servizi al massimo').selectOption('5');
  await go(page, page.getByRole('button', { name: 'Prepara la riga' }));
  await isSound(page);
  const lines = await page.getByLabel('Righe da incollare').inputValue();

  expect(lines.startsWith('<iframe src="http'), `to paste: ${lines}`);
  const server = await siteWith(lines);

  try {
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    const frame = page.frameLocator('iframe');

    expect(await frame.getByRole('heading', { level: 1 }).innerText() === 'Aiuti e servizi: Ivrea', 'the list is not in the page of the comune');
    expect(await frame.locator('li').count() === 5, 'there are not five');
    expect(await frame.locator('script').count() === 0, 'something runs in it');
    const link = frame.locator('h2 a').first();
    const name = await link.innerText();
    const [opened] = await Promise.all([page.context().waitForEvent('page'), link.click()]);

    await opened.waitForLoadState();
    expect(await heading(opened) === name, `opened ${await heading(opened)}`);
    await opened.close();
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function takes(page) {
  await go(page, page.locator('footer').getByRole('link', { name: 'Dati aperti' }));
  await isSound(page);
  const row = page.locator('#services');
  const said = Number((await row.innerText()).match(/([\d.]+) righe/)[1].replace('.', ''));
  const [download] = await Promise.all([page.waitForEvent('download'), row.getByRole('link', { name: /^GeoJSON/ }).click()]);

  expect(download.suggestedFilename() === 'servizi.geojson', download.suggestedFilename());
  let text = '';

  for await (const part of await download.createReadStream()) text += part;
  const services = new Set(JSON.parse(text).features.map((f) => f.properties.servizio));

  expect(services.size === said, `${services.size} in the file, ${said} on the page`);
}

async function takesWhatWasFound(page) {
  await page.getByLabel('Che cosa ti serve').fill('pacco spesa');
  await page.getByLabel('Dove vivi').fill('Torino');
  await go(page, page.getByRole('button', { name: 'Cerca', exact: true }));
  const first = await page.locator('main .w-result h3 a').first().innerText();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'CSV', exact: true }).click()]);
  let text = '';

  for await (const part of await download.createReadStream()) text += part;
  expect(text.includes(first.trim()), `${first} is not in the file`);
  expect(address(page).startsWith('/trova'), address(page));
}

await walk({
  'who looks after the site of a comune pastes the list, and a name opens the portal': embeds,
  'open data are found and taken away': takes,
  'a result is taken away as a file': takesWhatWasFound,
});
