/* axe.mjs - a page as it stands: no problem of WCAG 2.2 AA or of good practice. For pages.check.mjs. */
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

/* What looks is brought into a page once; what it says is kept to what is wrong. */
export async function problemsOf(page) {
  if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(axe);
  const found = await page.evaluate(async (tags) => {
    const { violations } = await window.axe.run(document, { runOnly: tags, resultTypes: ['violations'], selectors: false, elementRef: false });

    return violations.map((v) => ({ id: v.id, help: v.help, nodes: v.nodes.map((n) => [n.html.slice(0, 160), n.failureSummary]) }));
  }, TAGS);

  return found.flatMap((v) => v.nodes.map(([html, why]) => `${v.id}: ${v.help}: ${html} ${why.split('\n')[1] ?? ''}`));
}

/* The same page with folds and menus open is another state, where there are any; how many were closed. */
export function openEverything(page) {
  return page.evaluate(() => {
    const closed = [...document.querySelectorAll('details:not([open])')];

    for (const d of closed) d.open = true;
    return closed.length;
  });
}
