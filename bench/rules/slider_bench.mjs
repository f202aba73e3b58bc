/*
 * slider_bench.mjs - a threshold moved in a browser over 200,000 households: from the hand to the answer on the screen, and where the
 * time goes. Beside it, in the same rounds, the same question asked without a browser and the whole page as the button asks for it.
 *
 * usage: slider_bench.mjs [MOVES [HOUSEHOLDS]]     40 and 200000; five rounds, the medians of their p50, p95 and worst
 *
 * Every answer is looked at: it must be of the number that the range stood on, with a result of its own for each number.
 */
import { withPortal } from '../../tests/browser/portal.mjs';

const ROUNDS = 5;
const moves = Number(process.argv[2] ?? 40);
const households = process.argv[3] ?? '200000';
const at = (list, share) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))];
const median = (list) => at(list, 0.5);
const rounds = {};
const note = (what, list) => (rounds[what] ??= []).push(list);

function say() {
  const of = (lists, pick) => median(lists.map(pick)).toFixed(1).padStart(7);

  console.log(`${'ms'.padEnd(58)}    p50     p95     max   (medians of ${ROUNDS} rounds of ${moves})`);
  for (const [what, lists] of Object.entries(rounds))
    console.log(`${what.padEnd(56)}${of(lists, (l) => at(l, 0.5))} ${of(lists, (l) => at(l, 0.95))} ${of(lists, (l) => Math.max(...l))}`);
}

/* In the page: moves the range, waits until another answer has been painted. */
const move = (value) => new Promise((done, fail) => {
  const range = document.querySelector('#cursore');
  const before = document.querySelector('#esito code.w-sim-hash')?.textContent;
  const from = performance.now();
  const late = setTimeout(() => fail(new Error(`nothing is drawn for ${value}`)), 20000);
  let swapped;
  const watch = new MutationObserver(() => {
    const now = document.querySelector('#esito code.w-sim-hash')?.textContent;

    if (now === undefined || now === before || swapped !== undefined) return;
    swapped = performance.now();
    watch.disconnect();
    clearTimeout(late);
    requestAnimationFrame(() => { const c = new MessageChannel(); c.port1.onmessage = () => {
      const [e] = performance.getEntriesByType('resource').slice(-1);
      const out = { whole: performance.now() - from, first: e.responseStart - from, last: e.responseEnd - from, swap: swapped - from,
        bytes: e.encodedBodySize, plain: e.decodedBodySize, hash: now, of: document.querySelector('#esito').dataset.di ?? document.querySelector('#esito').innerText };

      performance.clearResourceTimings();
      done(out);
    }; c.port2.postMessage(0); });
  });

  watch.observe(document.body, { childList: true, subtree: true });
  range.value = value;
  range.dispatchEvent(new Event('input', { bubbles: true }));
});

await withPortal(async ({ origin, browser }) => {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();

  await page.goto(`${origin}/simulazioni?misura=ADI`);
  await page.locator('#famiglie').evaluate((e, n) => { e.value = n; }, households);
  const range = page.locator('#cursore');
  const [least, step, now] = await range.evaluate((e) => [Number(e.min), Number(e.step), Number(e.value)]);
  const valueOf = (i, round) => { /* never the number of the text as it is: the answer would not name it */
    const value = least + (32 + ((i * 7 + round) % 60)) * step;

    return value === now ? least + 20 * step : value;
  };
  let bytes, plain;

  await page.evaluate(move, least + 30 * step); /* the population is invented */
  for (let round = 0; round < ROUNDS; round += 1) {
    const times = [];
    const alone = [];
    const button = [];

    for (let i = 0; i < moves; i += 1) {
      const value = valueOf(i, round);
      const x = await page.evaluate(move, value);

      if (!x.of.includes(`${value.toLocaleString('it-IT', { useGrouping: 'always' })} euro`)) throw new Error(`the answer is not of ${value}`);
      times.push(x);
      [bytes, plain] = [x.bytes, x.plain];
    }
    for (let i = 0; i < moves; i += 1) {
      const value = valueOf(i, round);
      const body = new URLSearchParams({ misura: 'ADI', famiglie: households, seme: '1', soglia: 'limite_isee', 'cursore-prima': '10140', cursore: `${value}` });

      for (const [headers, list] of [[{ 'HX-Request': 'true' }, alone], [{}, button]]) {
        const from = performance.now();
        const answer = await fetch(`${origin}/simulazioni`, { method: 'POST', body, headers });

        await answer.text();
        if (answer.status !== 200) throw new Error(`${answer.status}`);
        list.push(performance.now() - from);
      }
    }
    note('the range moved, the answer on the screen', times.map((t) => t.whole));
    note('  until the first byte comes', times.map((t) => t.first));
    note('  until the last', times.map((t) => t.last));
    note('  until the page holds it', times.map((t) => t.swap));
    note('the same question without a browser', alone);
    note('the whole page, as the button asks', button);
  }
  console.log(`${households} households; one answer: ${plain} bytes, ${bytes} packed`);
  say();
});
