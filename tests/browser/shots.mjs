/*
 * shots.mjs - pictures of every page for people to look at: node shots.mjs [FOLDER] [NAME...]
 *
 * WECARE_ORIGIN takes a portal that runs already. WIDTHS="1280 360" chooses the widths.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { holdKeys, startPortal, startBrowser, top } from './portal.mjs';
import { pagesOf } from './pages.mjs';

const [folder = join(top, 'tests', 'browser', 'shots'), ...names] = process.argv.slice(2);
const portal = process.env.WECARE_ORIGIN ? { origin: process.env.WECARE_ORIGIN, stop: async () => {} }
  : await startPortal(['phone.number=011 000 0000', 'region.name=Regione di prova']);
const browser = await startBrowser();

holdKeys(browser, portal.origin);

mkdirSync(folder, { recursive: true });
try {
  const pages = (await pagesOf(portal.origin)).filter((p) => names.length === 0 || names.includes(p.name));

  for (const width of (process.env.WIDTHS ?? '1280 360').split(' ').map(Number)) {
    const context = await browser.newContext({ viewport: { width, height: width > 600 ? 900 : 740 } });

    for (const p of pages) {
      const page = await context.newPage();

      await page.goto(portal.origin + p.path, { waitUntil: 'networkidle' });
      await page.screenshot({ path: join(folder, `${p.name}-${width}.png`), fullPage: true });
      await page.close();
    }
    await context.close();
  }
} finally {
  await browser.close();
  await portal.stop();
}
