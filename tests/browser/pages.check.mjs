/*
 * pages.check.mjs - every page and state, opened once on a wide screen and once on a telephone, and looked at in all ways
 * that need a browser: accessibility (axe.mjs) folded and unfolded, and what is lost (losses.mjs) on small screens, with
 * one's own spacing, with text at 200 %. As many pages at a time as the machine has cores.
 */
import { availableParallelism } from 'node:os';
import { withPortal, noteFact } from './portal.mjs';
import { pagesOf, WIDTHS } from './pages.mjs';
import { check, done, none, share } from './tap.mjs';
import { openEverything, problemsOf } from './axe.mjs';
import { losses, smallTargets } from './losses.mjs';

/* WCAG 1.4.12 */
const SPACING = '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}';
const SETTINGS = ['phone.number=011 000 0000', 'region.name=Regione di prova'];

let problems = 0;
let looked = 0;
const facts = { 'reflow-problems': new Set(), 'large-text-problems': new Set(), 'target-problems': new Set() };

/* One look at a page as it stands; what is wrong is counted once for each page. */
async function look(label, p, fact, findings) {
  await check(`${label} ${p.name}`, async () => {
    const list = await findings();

    if (list.length > 0 && fact) facts[fact].add(p.name);
    none([...new Set(list)], 'losses');
  });
}

/* The same tab goes from page to page: a new one costs as much as a look. */
async function open(page, origin, p, viewport) {
  await page.setViewportSize(viewport);
  return (await page.goto(origin + p.path)).status();
}

async function axeLooks(page, code, p, width) {
  await check(`axe ${width} ${p.name}`, async () => {
    if (code !== p.code) throw new Error(`${p.path} answers ${code}, not ${p.code}`);
    looked += 1;
    const list = await problemsOf(page);

    if (!p.name.endsWith('-en') && await openEverything(page) > 0) list.push(...await problemsOf(page));
    problems += new Set(list).size;
    none([...new Set(list)], `problems at ${width}`);
  });
}

async function smallScreens(page, p) {
  for (const width of p.name.endsWith('-en') ? [] : [1280, 1024, 768, 360]) {
    await page.setViewportSize({ width, height: 900 });
    await look(`at ${width}`, p, null, () => losses(page));
    if (width === 1280 || width === 360) await look(`targets at ${width}`, p, 'target-problems', () => smallTargets(page));
  }
}

/* Text at 200 %: the browser's own size of letters, which moves the breakpoints too. */
async function largeText(page, p) {
  const client = await page.context().newCDPSession(page);

  await client.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
  await page.setViewportSize({ width: 1280, height: 900 });
  const size = await page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize));
  const isMoved = await page.evaluate(() => matchMedia('(max-width: 40em)').matches && !matchMedia('(max-width: 39em)').matches);

  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 900 });
    await look(`text at 200 % at ${width}`, p, 'large-text-problems', () => {
      if (size !== 32 || !isMoved) throw new Error(`the text is ${size} px, the breakpoints ${isMoved ? '' : 'not '}moved: the check measures nothing`);
      return losses(page);
    });
  }
  await client.send('Page.setFontSizes', { fontSizes: { standard: 16, fixed: 13 } });
  await client.detach();
}

async function spaced(page, p) {
  await page.setViewportSize({ width: 320, height: 640 });
  const style = await page.addStyleTag({ content: SPACING });

  await look('at 320 with wide spacing', p, 'reflow-problems', () => losses(page));
  await style.evaluate((e) => e.remove());
}

/* What opens the folds comes last. */
async function onWideScreen(page, origin, p) {
  const code = await open(page, origin, p, WIDTHS.wide);

  await smallScreens(page, p);
  await spaced(page, p);
  await largeText(page, p);
  await page.setViewportSize(WIDTHS.wide);
  await axeLooks(page, code, p, 'wide');
}

async function onTelephone(page, origin, p) {
  await axeLooks(page, await open(page, origin, p, WIDTHS.phone), p, 'phone');
}

/* The form with something to fix: a state that only a post reaches. */
async function refused(page, origin) {
  await page.goto(`${origin}/aiuto/scrivi`);
  await page.evaluate(() => document.querySelectorAll('[required]').forEach((e) => { e.required = false; }));
  await Promise.all([page.waitForLoadState('load'), page.click('form[method=post] button[type=submit]')]);
  await page.waitForSelector('[aria-invalid=true]');
  const list = await problemsOf(page);

  problems += list.length;
  none(list, 'problems');
}

await withPortal(async ({ origin, browser }) => {
  const hand = async () => {
    const wide = await browser.newContext({ viewport: WIDTHS.wide, bypassCSP: true });
    const phone = await browser.newContext({ viewport: WIDTHS.phone, isMobile: true, hasTouch: true });

    return { wide: await wide.newPage(), phone: await phone.newPage(), end: async () => { await wide.close(); await phone.close(); } };
  };

  await share(await pagesOf(origin), availableParallelism(), hand, async ({ wide, phone }, p) => {
    const began = performance.now();

    try {
      await onWideScreen(wide, origin, p);
      await onTelephone(phone, origin, p);
    } catch (e) { // what could not be looked at
      await check(`every look at ${p.name}`, () => { throw e; });
    }
    console.log(`# page ${p.name} ${p.path} ${((performance.now() - began) / 1000).toFixed(2)} s`);
  });
  const { wide, phone, end } = await hand();

  for (const [width, page] of [['wide', wide], ['phone', phone]]) await check(`axe ${width} a form with something to fix`, () => refused(page, origin));
  await end();
}, { settings: SETTINGS });
for (const [name, bad] of Object.entries(facts)) noteFact(name, bad.size);
noteFact('pages', looked / 2);
noteFact('axe-problems', problems);
done();
