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

/* Tab until the box of that name has the focus. */
export async function tabTo(page, id) {
  for (let i = 0; i < 160; i += 1) {
    if (await page.evaluate((x) => document.activeElement?.id === x, id)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${id} is not reached with the keyboard`);
}

export async function choose(page, id, value) {
  await tabTo(page, id);
  const n = await page.evaluate(([x, v]) => [...document.getElementById(x).options].findIndex((o) => o.value === v), [id, value]);

  for (let i = 0; i < n; i += 1) await page.keyboard.press('ArrowDown');
  expect(await page.locator(`#${id}`).inputValue() === value, `${id} is not chosen with the keyboard`);
}

/* How long a person takes: the keystroke-level model (Card, Moran and Newell 1980: to make up the mind 1.35 s, to point 1.1 s,
 * to press 0.2 s; a key 0.28 s) and silent reading (Brysbaert 2019: 238 words a minute), beside the time of the machine. */
export function asPerson() {
  const POINT_S = 1.1 + 0.2, ACTION_S = 1.35 + POINT_S, KEY_S = 0.28, WORD_S = 60 / 238;
  const lists = new Set();
  const began = performance.now();
  let human = 0;
  const words = (text) => [text].flat().join(' ').trim().split(/\s+/).length;

  return {
    act() { human += ACTION_S; },
    read(text) { human += words(text) * WORD_S; },
    async type(page, box, text) {
      human += ACTION_S + text.length * KEY_S;
      await page.locator(box).fill(text);
    },
    /* Opens the list, reads it if no list like it was read before, points and presses. */
    async choose(page, box, value) {
      const list = (await page.locator(`${box} option`).allTextContents()).join(' ');

      human += ACTION_S + POINT_S + (lists.has(list) ? 0 : words(list) * WORD_S);
      lists.add(list);
      await page.locator(box).selectOption(value);
    },
    /* All of it; and what is the person's alone, the same on every machine. */
    seconds() { return (performance.now() - began) / 1000 + human; },
    own() { return human; },
  };
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
