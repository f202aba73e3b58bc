/* bytes.check.mjs - what a first and a second visit weigh, as the browser receives it. */
import { withPortal, noteFact } from './portal.mjs';
import { pagesOf } from './pages.mjs';
import { check, done, share } from './tap.mjs';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const KB = 1024;
const kb = (n) => `${(n / KB).toFixed(1)} KB`;
const AT_ONCE = 4; // a visit is mostly waiting for the network to be quiet
const hasMap = (name) => /^(territory|comune|district|body|area|home|points)/.test(name);

/* A tab of its own, that counts what comes over the network. */
async function tab(browser) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const client = await context.newCDPSession(page);
  const kinds = new Map();
  let seen = {};

  await client.send('Network.enable');
  client.on('Network.responseReceived', (e) => kinds.set(e.requestId, e.type));
  client.on('Network.loadingFinished', (e) => {
    const kind = kinds.get(e.requestId);

    seen.all += e.encodedDataLength;
    if (kind === 'Script') seen.script += e.encodedDataLength;
    if (kind === 'Document') seen.document += e.encodedDataLength;
    if (kind === 'Stylesheet') seen.style += e.encodedDataLength;
  });
  return {
    /* As who comes for the first time: nothing kept on the disk or in the memory of the tab. */
    forget: async () => {
      await page.goto('about:blank');
      await client.send('Network.setCacheDisabled', { cacheDisabled: true });
      await client.send('Network.clearBrowserCache');
      await client.send('Network.setCacheDisabled', { cacheDisabled: false });
    },
    visit: async (address) => {
      seen = { all: 0, script: 0, document: 0, style: 0 };
      await page.goto(address, { waitUntil: 'networkidle' });
      return seen;
    },
    end: () => context.close(),
  };
}

await withPortal(async ({ origin, browser }) => {
  const pages = (await pagesOf(origin)).filter((p) => !p.name.endsWith('-en'));
  let script = 0;

  await share(pages, AT_ONCE, () => tab(browser), async (t, p) => {
    await check(`weight of ${p.name}`, async () => {
      await t.forget();
      const f = await t.visit(origin + p.path);

      await t.forget();
      await t.visit(`${origin}/privacy`);
      const n = await t.visit(origin + p.path);

      script = Math.max(script, f.script);
      const words = `first ${kb(f.all)}, next ${kb(n.all)}, usable after ${kb(f.document + f.style)}, script ${kb(f.script)}`;

      if (f.all > (hasMap(p.name) ? 170 : 120) * KB || n.all > (hasMap(p.name) ? 60 : 15) * KB || f.script > 20 * KB) throw new Error(words);
      return words;
    });
  });
  await check('the home can be used in 20.5 KB: its words and its style (wanted: 14)', async () => {
    const t = await tab(browser);
    const f = await t.visit(`${origin}/`);

    await t.end();
    if (f.document + f.style > 20.5 * KB) throw new Error(kb(f.document + f.style));
    return kb(f.document + f.style);
  });
  await check('the style sheet weighs 15.5 KB at most in brotli', async () => {
    const html = await (await fetch(`${origin}/`)).text();
    const bytes = Buffer.from(await (await fetch(origin + html.match(/href="(\/assets\/app[^"]+)"/)[1])).arrayBuffer());
    const n = brotliCompressSync(bytes).length;

    if (n > 15.5 * KB) throw new Error(kb(n));
    return `${kb(n)}, gzip ${kb(gzipSync(bytes).length)}`;
  });
  noteFact('script-bytes', script);
});
done();
