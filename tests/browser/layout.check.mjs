/*
 * layout.check.mjs - what people do to a page beside making it small or its letters large (pages.check.mjs): keyboard,
 * own colours, calm, paper. Nothing may be lost.
 */
import { withPortal } from './portal.mjs';
import { linksOf } from './pages.mjs';
import { check, done, none } from './tap.mjs';

async function open(context, origin, p) {
  const page = await context.newPage();

  await page.goto(origin + p.path);
  return page;
}

const SETTINGS = ['phone.number=011 000 0000', 'region.name=Regione di prova'];

await withPortal(async ({ origin, browser }) => {
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
