/* bytes.check.mjs - what a first and a second visit weigh, as the browser receives it. */
import { withPortal, noteFact } from './portal.mjs';
import { pagesOf } from './pages.mjs';
import { check, done } from './tap.mjs';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const KB = 1024;
const kb = (n) => `${(n / KB).toFixed(1)} KB`;
const hasMap = (name) => /^(territory|comune|district|body|area|home)/.test(name);

async function visit(context, address) {
  const page = await context.newPage();
  const client = await context.newCDPSession(page);
  const kinds = new Map();
  const seen = { all: 0, script: 0, document: 0, style: 0 };

  await client.send('Network.enable');
  client.on('Network.responseReceived', (e) => kinds.set(e.requestId, e.type));
  client.on('Network.loadingFinished', (e) => {
    const kind = kinds.get(e.requestId);

    seen.all += e.encodedDataLength;
    if (kind === 'Script') seen.script += e.encodedDataLength;
    if (kind === 'Document') seen.document += e.encodedDataLength;
    if (kind === 'Stylesheet') seen.style += e.encodedDataLength;
  });
  await page.goto(address, { waitUntil: 'networkidle' });
  await page.close();
  return seen;
}

await withPortal(async ({ origin, browser }) => {
  const pages = (await pagesOf(origin)).filter((p) => !p.name.endsWith('-en'));
  let script = 0;

  for (const p of pages) {
    await check(`weight of ${p.name}`, async () => {
      const first = await browser.newContext({ viewport: { width: 1280, height: 900 } });
      const f = await visit(first, origin + p.path);

      await first.close();
      const next = await browser.newContext({ viewport: { width: 1280, height: 900 } });
      await visit(next, `${origin}/privacy`);
      const n = await visit(next, origin + p.path);

      await next.close();
      script = Math.max(script, f.script);
      const words = `first ${kb(f.all)}, next ${kb(n.all)}, usable after ${kb(f.document + f.style)}, script ${kb(f.script)}`;

      if (f.all > (hasMap(p.name) ? 170 : 120) * KB || n.all > (hasMap(p.name) ? 60 : 15) * KB || f.script > 20 * KB) throw new Error(words);
      return words;
    });
  }
  await check('the home can be used in 19.5 KB: its words and its style (wanted: 14)', async () => {
    const context = await browser.newContext();
    const f = await visit(context, `${origin}/`);

    await context.close();
    if (f.document + f.style > 19.5 * KB) throw new Error(kb(f.document + f.style));
    return kb(f.document + f.style);
  });
  await check('the style sheet weighs 14.5 KB at most in brotli', async () => {
    const html = await (await fetch(`${origin}/`)).text();
    const bytes = Buffer.from(await (await fetch(origin + html.match(/href="(\/assets\/app[^"]+)"/)[1])).arrayBuffer());
    const n = brotliCompressSync(bytes).length;

    if (n > 14.5 * KB) throw new Error(kb(n));
    return `${kb(n)}, gzip ${kb(gzipSync(bytes).length)}`;
  });
  noteFact('script-bytes', script);
});
done();
