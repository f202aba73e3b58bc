/*
 * steps.mjs - how a journey is walked: at two widths, with script on and off, from the home; what a page
 * must be, wherever a journey leads.
 */
import { withPortal } from '../browser/portal.mjs';
import { check, done, none } from '../browser/tap.mjs';

const WIDTHS = { 1280: { width: 1280, height: 900 }, 360: { width: 360, height: 740 } };

export function expect(is, what) {
  if (!is) throw new Error(what);
}

export const heading = (page) => page.locator('h1').innerText();
export const address = (page) => new URL(page.url()).pathname;

export async function isSound(page, code = 200) {
  const answer = await page.evaluate(() => performance.getEntriesByType('navigation')[0]?.responseStatus ?? 0);

  expect(answer === code, `${address(page)} answers ${answer}, not ${code}`);
  expect(await page.locator('h1').count() === 1, `${address(page)} has not one title`);
  expect(await page.locator('main').isVisible(), `${address(page)} shows nothing`);
  const wide = await page.locator('html').evaluate((e) => e.scrollWidth - e.clientWidth);

  expect(wide <= 1, `${address(page)} is ${wide} px too wide`);
}

export async function go(page, locator) {
  await Promise.all([page.waitForEvent('domcontentloaded'), locator.click()]);
}

/* journeys: { name: async (page, { keeper, width, hasScript, origin }) }. One program of checks. */
export async function walk(journeys, { settings = [] } = {}) {
  await withPortal(async ({ origin, keeper, browser }) => {
    for (const [width, viewport] of Object.entries(WIDTHS))
      for (const hasScript of [true, false]) {
        const context = await browser.newContext({ viewport, javaScriptEnabled: hasScript, isMobile: width === '360', hasTouch: width === '360' });

        for (const [name, body] of Object.entries(journeys))
          await check(`${name}, ${width} px, script ${hasScript ? 'on' : 'off'}`, async () => {
            const page = await context.newPage();
            const faults = [];

            page.on('pageerror', (e) => faults.push(e.message));
            page.on('console', (m) => { if (m.type() === 'error' && !/status of 4\d\d/.test(m.text())) faults.push(m.text()); });
            page.on('requestfailed', (r) => { if (!/ERR_ABORTED/.test(r.failure().errorText)) faults.push(`${r.url()} ${r.failure().errorText}`); });
            try {
              page.setDefaultTimeout(8000);
              await page.goto(origin);
              await isSound(page);
              await body(page, { keeper, width: Number(width), hasScript, origin });
              none(faults, 'faults of the page');
            } finally {
              await page.close();
            }
          });
        await context.close();
      }
  }, { withKeys: false, settings });
  done();
}
