/* axe.check.mjs - every page at 1280 and 360: no problem of WCAG 2.2 AA or of good practice. */
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { withPortal, noteFact } from './portal.mjs';
import { pagesOf, WIDTHS } from './pages.mjs';
import { check, done, none } from './tap.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];
let problems = 0;
let looked = 0;

async function problemsOf(page) {
  await page.evaluate(axe);
  const found = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags, resultTypes: ['violations'] }), TAGS);

  return found.violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${v.help}: ${n.html.slice(0, 160)} ${n.failureSummary.split('\n')[1] ?? ''}`));
}

/* The same page with folds and menus open is another state. */
function openEverything(page) {
  return page.evaluate(() => { for (const d of document.querySelectorAll('details')) d.open = true; });
}

async function looks(context, origin, p, width) {
  const page = await context.newPage();

  try {
    const answer = await page.goto(origin + p.path);

    if (answer.status() !== p.code) throw new Error(`${p.path} answers ${answer.status()}, not ${p.code}`);
    looked += 1;
    const list = await problemsOf(page);

    if (!p.name.endsWith('-en')) {
      await openEverything(page);
      list.push(...await problemsOf(page));
    }
    problems += new Set(list).size;
    none([...new Set(list)], `problems at ${width}`);
  } finally {
    await page.close();
  }
}

/* The form with something to fix: a state that only a post reaches. */
async function refused(context, origin) {
  const page = await context.newPage();

  try {
    await page.goto(`${origin}/aiuto/scrivi`);
    await page.evaluate(() => document.querySelectorAll('[required]').forEach((e) => { e.required = false; }));
    await Promise.all([page.waitForLoadState('load'), page.click('form[method=post] button[type=submit]')]);
    await page.waitForSelector('[aria-invalid=true]');
    const list = await problemsOf(page);

    problems += list.length;
    none(list, 'problems');
  } finally {
    await page.close();
  }
}

await withPortal(async ({ origin, browser }) => {
  const pages = await pagesOf(origin);

  for (const [width, viewport] of Object.entries(WIDTHS)) {
    const context = await browser.newContext({ viewport, isMobile: width === 'phone', hasTouch: width === 'phone' });

    for (const p of pages) await check(`axe ${width} ${p.name}`, () => looks(context, origin, p, width));
    await check(`axe ${width} a form with something to fix`, () => refused(context, origin));
    await context.close();
  }
}, { settings: ['phone.number=011 000 0000', 'region.name=Regione di prova'] });
noteFact('pages', looked / 2);
noteFact('axe-problems', problems);
done();
