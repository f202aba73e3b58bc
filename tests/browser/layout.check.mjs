/*
 * layout.check.mjs - what people do to a page: small screens, large text, own spacing, keyboard,
 * own colours, paper. Nothing may be lost, nothing may scroll sideways but a table in its own box.
 */
import { withPortal, startBrowser, noteFact } from './portal.mjs';
import { linksOf, pagesOf } from './pages.mjs';
import { check, done, none } from './tap.mjs';

/* WCAG 1.4.12 */
const SPACING = '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}';

/* In the page: what sticks out or is cut. */
function lossesIn() {
  const width = document.documentElement.clientWidth;
  const found = [];
  const clipped = (e) => { // said but not shown, as the head of a table that became blocks
    for (let p = e; p; p = p.parentElement) if (p.clientWidth <= 1 && getComputedStyle(p).overflowX === 'hidden') return true;
    return false;
  };
  const scrolls = (e) => {
    for (let p = e; p; p = p.parentElement) if (['auto', 'scroll'].includes(getComputedStyle(p).overflowX)) return true;
    return false;
  };

  if (document.documentElement.scrollWidth > width) found.push(`the page is ${document.documentElement.scrollWidth} wide, not ${width}`);
  for (const e of document.querySelectorAll('body *')) {
    const box = e.getBoundingClientRect();
    const style = getComputedStyle(e);
    const name = `${e.tagName.toLowerCase()}.${e.getAttribute('class') ?? ''} "${e.textContent.trim().slice(0, 30)}"`;

    if (box.width === 0 || !e.checkVisibility({ visibilityProperty: true }) || e.closest('.visually-hidden,.skiplinks,svg') || clipped(e)) continue;
    if ((box.right > width + 1 || box.left < -1) && style.position !== 'fixed' && !scrolls(e)) found.push(`out of the page: ${name}`);
    if (e.tagName !== 'INPUT' && ['hidden', 'clip'].includes(style.overflowX) && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1) found.push(`cut: ${name}`);
  }
  return [...new Set(found)];
}

/* Pieces of text that lie on one another. */
function overlapsIn() {
  const boxes = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);

  for (let n = walk.nextNode(); n; n = walk.nextNode()) {
    const clipped = (e) => e && ((e.clientWidth <= 1 && getComputedStyle(e).overflowX === 'hidden') || clipped(e.parentElement));

    if (!n.data.trim() || n.parentElement.closest('svg,.visually-hidden,.skiplinks,option,script,style')) continue;
    if (!n.parentElement.checkVisibility() || clipped(n.parentElement)) continue;
    const range = document.createRange();

    range.selectNodeContents(n);
    for (const b of range.getClientRects()) if (b.width > 1 && b.height > 1) boxes.push({ b, n });
  }
  const found = [];

  for (let i = 0; i < boxes.length; i += 1) for (let j = i + 1; j < boxes.length; j += 1) {
    const p = boxes[i].b, q = boxes[j].b;
    const over = Math.min(p.right, q.right) - Math.max(p.left, q.left), down = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);

    if (boxes[i].n !== boxes[j].n && over > 2 && down > 0.45 * Math.min(p.height, q.height))
      found.push(`"${boxes[i].n.data.trim().slice(0, 25)}" on "${boxes[j].n.data.trim().slice(0, 25)}"`);
  }
  return [...new Set(found)];
}

/* Targets that are small; a link inside a sentence or a list of plain links may be (WCAG 2.5.8). */
function smallTargetsIn() {
  const found = [];

  for (const e of document.querySelectorAll('button,input:not([type=hidden]),select,textarea,summary,.btn,header a,footer a,.w-tile,.w-hints a,.w-emergency a')) {
    const b = e.getBoundingClientRect();

    if (b.width < 2 || b.height < 2 || e.closest('.skiplinks,.breadcrumb,.w-foot-end,.w-quote,p:not(.w-hints)') || ['checkbox', 'radio'].includes(e.type)) continue;
    if (b.height < 43.5 || b.width < 43.5) found.push(`${Math.round(b.width)}x${Math.round(b.height)} ${e.tagName.toLowerCase()}.${e.getAttribute('class') ?? ''} "${(e.textContent || e.name || '').trim().slice(0, 30)}"`);
  }
  return found;
}

async function open(context, origin, p) {
  const page = await context.newPage();

  await page.goto(origin + p.path);
  return page;
}

const facts = { 'reflow-problems': new Set(), 'large-text-problems': new Set(), 'target-problems': new Set() };

/* One look at a page as it stands; what is wrong is counted once for each page. */
async function look(label, p, fact, findings) {
  await check(`${label} ${p.name}`, async () => {
    const list = await findings();

    if (list.length > 0 && fact) facts[fact].add(p.name);
    none([...new Set(list)], 'losses');
  });
}

const losses = async (page) => [...await page.evaluate(lossesIn), ...await page.evaluate(overlapsIn)];

async function smallScreens(browser, origin, pages) {
  const context = await browser.newContext({ bypassCSP: true });

  for (const p of pages) {
    const page = await open(context, origin, p);

    for (const width of p.name.endsWith('-en') ? [] : [1280, 1024, 768, 360]) {
      await page.setViewportSize({ width, height: 900 });
      await look(`at ${width}`, p, null, () => losses(page));
      if (width === 1280 || width === 360) await look(`targets at ${width}`, p, 'target-problems', () => page.evaluate(smallTargetsIn));
    }
    await page.setViewportSize({ width: 320, height: 640 });
    await page.addStyleTag({ content: SPACING });
    await look('at 320 with wide spacing', p, 'reflow-problems', () => losses(page));
    await page.close();
  }
  await context.close();
}

/* Text at 200 %: the browser's own size of letters, which moves the breakpoints too. */
async function largeText(origin, pages) {
  const browser = await startBrowser(['--blink-settings=defaultFontSize=32,defaultFixedFontSize=26']);

  try {
    const context = await browser.newContext();

    for (const p of pages) {
      const page = await open(context, origin, p);
      const size = await page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize));

      if (size !== 32) throw new Error(`the text is ${size} px, the check measures nothing`);
      for (const width of [1280, 360]) {
        await page.setViewportSize({ width, height: 900 });
        await look(`text at 200 % at ${width}`, p, 'large-text-problems', () => losses(page));
      }
      await page.close();
    }
  } finally {
    await browser.close();
  }
}

const SETTINGS = ['phone.number=011 000 0000', 'region.name=Regione di prova'];

await withPortal(async ({ origin, browser }) => {
  const pages = await pagesOf(origin);

  await smallScreens(browser, origin, pages);
  await largeText(origin, pages);
  for (const [name, bad] of Object.entries(facts)) noteFact(name, bad.size);

  /* Each thing that takes the keyboard shows it, in the page's colours and in one's own. */
  for (const forced of ['none', 'active']) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, forcedColors: forced });
    await check(`focus is seen, forced colours ${forced}`, async () => {
      for (const path of ['/', '/territorio', '/progetti', '/aiuto', '/aiuto/scrivi']) {
        const page = await context.newPage();

        await page.goto(origin + path);
        for (let i = 0; i < 45; i += 1) {
          await page.keyboard.press('Tab');
          const seen = await page.evaluate(() => {
            const e = document.activeElement;
            if (!e || e === document.body) return null;
            const s = getComputedStyle(e), b = e.getBoundingClientRect(), shape = e.querySelector('path');
            const drawn = e.classList.contains('w-area') && shape ? parseFloat(getComputedStyle(shape).strokeWidth) >= 2 : s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2;
            return { drawn, size: b.width * b.height, name: `${e.tagName} ${e.textContent.trim().slice(0, 30)}` };
          });

          if (seen === null) break;
          if (!seen.drawn || seen.size < 4) throw new Error(`${path}: the focus is not seen on ${seen.name}`);
        }
        await page.close();
      }
    });
    await context.close();
  }
  const forced = await browser.newContext({ viewport: { width: 1280, height: 900 }, forcedColors: 'active' });
  await check('with forced colours a button and a card keep their edge and the place in the menu is marked', async () => {
    const page = await open(forced, origin, { path: '/territorio' });

    none(await page.evaluate(() => [['.btn', 'borderTopWidth'], ['.card,.w-hero-form,.table', 'display'], ['.w-nav [aria-current=page]', 'outlineWidth']].filter(([sel, prop]) => {
      const e = document.querySelector(sel);
      return !e || ['0px', 'none'].includes(getComputedStyle(e)[prop]);
    }).map(([sel]) => sel)), 'without an edge');
  });
  await check('with forced colours the icons take the colour of the words beside them', async () => {
    const page = await open(forced, origin, { path: '/' });

    none(await page.evaluate(() => [...document.querySelectorAll('svg.icon')].filter((s) => s.checkVisibility() && getComputedStyle(s).color !== getComputedStyle(s.parentElement).color)
      .map((s) => s.parentElement.outerHTML.slice(0, 80))), 'icons of another colour');
  });
  await forced.close();

  const calm = await browser.newContext({ reducedMotion: 'reduce', contrast: 'more' });
  await check('nothing moves when people ask for calm, and contrast grows when they ask for it', async () => {
    const page = await open(calm, origin, { path: '/' });
    const seen = await page.evaluate(() => {
      const s = getComputedStyle(document.documentElement);
      const moving = [...document.querySelectorAll('*')].filter((e) => parseFloat(getComputedStyle(e).transitionDuration) > 0).length;
      return { scroll: s.scrollBehavior, moving, line: s.getPropertyValue('--line').trim() };
    });

    if (seen.scroll !== 'auto' || seen.moving > 0) throw new Error(JSON.stringify(seen));
    if (seen.line === '#dbe1e8') throw new Error('lines are as pale as before');
  });
  await calm.close();

  /* Keyboard: the skip link leads to the field in two keys, and the answer is one more Enter away. */
  for (const javaScriptEnabled of [true, false]) {
    const keys = await browser.newContext({ viewport: { width: 1280, height: 900 }, javaScriptEnabled });
    await check(`by keyboard alone: two keys to the search, then the results (script ${javaScriptEnabled ? 'on' : 'off'})`, async () => {
      const page = await open(keys, origin, { path: '/' });

      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.keyboard.type('spesa');
      await page.keyboard.press('Tab');
      await page.keyboard.type('Ivrea');
      await Promise.all([page.waitForURL('**/trova?**'), page.keyboard.press('Enter')]);
      const title = await page.locator('h1').innerText();

      if (!title.includes('Ivrea')) throw new Error(`the page is called ${title}`);
    });
    await check(`by keyboard alone: the other language of the same page (script ${javaScriptEnabled ? 'on' : 'off'})`, async () => {
      const page = await open(keys, origin, { path: '/privacy' });

      await page.locator('.w-lang summary').focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await Promise.all([page.waitForURL('**/en/privacy'), page.keyboard.press('Enter')]);
    });
    await keys.close();
  }

  const phone = await browser.newContext({ viewport: { width: 360, height: 740 }, javaScriptEnabled: false });
  await check('on a phone without script the menu opens and leads to the territory', async () => {
    const page = await open(phone, origin, { path: '/' });

    await page.click('.w-menu summary');
    await Promise.all([page.waitForURL('**/territorio'), page.click('.w-menu a[href="/territorio"]')]);
  });
  await phone.close();

  const paper = await browser.newContext();
  await check('folds are open on paper', async () => {
    const page = await open(paper, origin, { path: '/aiuto' });

    await page.emulateMedia({ media: 'print' });
    none(await page.evaluate(() => [...document.querySelectorAll('main details')].filter((d) => !d.open && d.querySelector('.accordion-body').getBoundingClientRect().height < 10)
      .map((d) => d.innerText.slice(0, 40))), 'folds without their words');
  });
  const service = (await linksOf(origin, '/trova?cosa=spesa&dove=torino-to')).find((h) => h.startsWith('/servizi/'));

  for (const [path, most] of [['/territorio/comune/ivrea-to', 4], ['/aiuto', 3], ['/privacy', 3], ['/bacheca/torino-to', 1], [service, 2]]) {
    await check(`${path} prints on ${most} sheets at most, without menus`, async () => {
      const page = await open(paper, origin, { path });

      await page.emulateMedia({ media: 'print' });
      none(await page.evaluate(() => ['.w-slim', '.w-nav', '.w-menu', '.w-foot-cols'].filter((s) => {
        const e = document.querySelector(s);
        return e && getComputedStyle(e).display !== 'none';
      })), 'printed');
      const sheets = (await page.pdf({ format: 'A4', printBackground: false })).toString('latin1').match(/\/Type\s*\/Page\b/g).length;

      if (sheets > most) throw new Error(`${sheets} sheets`);
      return `${sheets} sheets`;
    });
  }
  await paper.close();
}, { settings: SETTINGS });
done();
