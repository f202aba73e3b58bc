/*
 * picture.check.mjs - the picture in the README is what the program shows today.
 * node picture.check.mjs --write makes docs/screenshot.png anew.
 *
 * The text of one machine is not that of another to the pixel, so the two are compared in cells of
 * 16 pixels: at most one in twelve may differ in tone.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { top, withPortal } from './portal.mjs';
import { check, done } from './tap.mjs';

const file = join(top, 'docs', 'screenshot.png');
const CELL = 16;

/* Mean tone of each cell, computed by the browser itself. */
async function tones(page, png) {
  return page.evaluate(async ({ data, cell }) => {
    const image = new Image();

    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = new OffscreenCanvas(Math.ceil(image.width / cell), Math.ceil(image.height / cell));
    const context = canvas.getContext('2d');

    context.imageSmoothingQuality = 'high';
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return { width: image.width, height: image.height, tones: [...context.getImageData(0, 0, canvas.width, canvas.height).data] };
  }, { data: png.toString('base64'), cell: CELL });
}

await withPortal(async ({ origin, browser }) => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });

  await page.goto(`${origin}/`, { waitUntil: 'networkidle' });
  const now = await page.screenshot();

  if (process.argv.includes('--write')) writeFileSync(file, now);
  await check('the picture of the README is there', () => {
    if (!existsSync(file)) throw new Error('docs/screenshot.png is missing: run with --write');
  });
  await check('the picture of the README shows the program of today', async () => {
    const blank = await browser.newPage();
    const a = await tones(blank, readFileSync(file)), b = await tones(blank, now);

    if (a.width !== b.width || a.height !== b.height) throw new Error(`${a.width} x ${a.height}, not ${b.width} x ${b.height}`);
    let n = 0;

    for (let i = 0; i < a.tones.length; i += 4)
      if (Math.max(...[0, 1, 2].map((k) => Math.abs(a.tones[i + k] - b.tones[i + k]))) > 24) n += 1;
    const share = n / (a.tones.length / 4);

    if (share > 1 / 12) throw new Error(`${(share * 100).toFixed(1)} % of it differ: run with --write and look at it`);
    return `${(share * 100).toFixed(1)} % differ`;
  });
});
done();
