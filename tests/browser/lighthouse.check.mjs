/*
 * lighthouse.check.mjs - the portal on a slow phone: 95 for speed, 100 for the rest.
 * The machine of the checks is shared, so a page may be measured three times: the best run counts.
 */
import lighthouse from 'lighthouse';
import { createServer } from 'node:net';
import { startBrowser, startPortal, noteFact } from './portal.mjs';
import { linksOf } from './pages.mjs';
import { check, done } from './tap.mjs';

const WANTED = { performance: 95, accessibility: 100, 'best-practices': 100, seo: 100 };
const PAGES = ['/', '/bisogni', '/bisogni/sfratto', '/trova?cosa=spesa&dove=torino-to', 'service', '/manca', '/bacheca/ivrea-to', '/territorio',
  '/territorio/comune/ivrea-to', '/progetti', '/spetta', '/regolamenti', '/simulazioni', '/aiuto', '/en/privacy'];
const RUNS = 3;

const port = await new Promise((found) => {
  const s = createServer().listen(0, '127.0.0.1', () => { const { port: p } = s.address(); s.close(() => found(p)); });
});

async function measure(address) {
  const { lhr } = await lighthouse(address, { port, output: 'json', logLevel: 'silent', onlyCategories: Object.keys(WANTED) });
  const score = Object.fromEntries(Object.keys(WANTED).map((k) => [k, Math.round(lhr.categories[k].score * 100)]));
  const value = (id) => lhr.audits[id]?.numericValue ?? 0;
  const lost = Object.values(lhr.audits).filter((a) => a.score !== null && a.score < 0.9 && a.scoreDisplayMode === 'binary').map((a) => a.id);

  return { score, lcp: value('largest-contentful-paint'), tbt: value('total-blocking-time'), cls: value('cumulative-layout-shift'), lost };
}

const isGood = (m) => Object.entries(WANTED).every(([k, least]) => m.score[k] >= least) && m.lcp <= 1800 && m.tbt <= 50 && m.cls <= 0.02;
const sum = (m) => Object.values(m.score).reduce((a, b) => a + b) - m.tbt / 100;
const portal = await startPortal();
const browser = await startBrowser([`--remote-debugging-port=${port}`]);
let least = 100;

try {
  for (const name of PAGES) {
    const path = name !== 'service' ? name
      : (await linksOf(portal.origin, '/trova?cosa=spesa&dove=torino-to')).find((h) => h.startsWith('/servizi/'));

    await check(`lighthouse on a slow phone ${path}`, async () => {
      let best;

      for (let i = 0; i < RUNS && !(best && isGood(best)); i += 1) {
        const m = await measure(portal.origin + path);

        if (!best || isGood(m) || sum(m) > sum(best)) best = m;
      }
      const words = `${Object.values(best.score).join('/')}, LCP ${Math.round(best.lcp)} ms, TBT ${Math.round(best.tbt)} ms, CLS ${best.cls.toFixed(3)}`;

      least = Math.min(least, best.score.accessibility);
      if (!isGood(best)) throw new Error(`${words} ${best.lost.join(' ')}`);
      return words;
    });
  }
} finally {
  await browser.close();
  await portal.stop();
}
noteFact('lighthouse-least', least);
done();
