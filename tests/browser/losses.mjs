/*
 * losses.mjs - a page as it stands, at the width and with the letters that it has: nothing may be lost, nothing may scroll
 * sideways but a table in its own box; targets are as large as a finger. For pages.check.mjs.
 */

/* In the page: what sticks out or is cut. */
function lossesIn() {
  const width = document.documentElement.clientWidth;
  const found = [];
  const styles = new Map();
  const styleOf = (e) => styles.get(e) ?? (styles.set(e, getComputedStyle(e)), styles.get(e));
  const asked = (answers, is) => { // of an element or of one around it, asked once for each
    const ask = (e) => {
      if (!e) return false;
      if (!answers.has(e)) answers.set(e, is(e) || ask(e.parentElement));
      return answers.get(e);
    };

    return ask;
  };
  /* said but not shown, as the head of a table that became blocks */
  const clipped = asked(new Map(), (e) => e.clientWidth <= 1 && styleOf(e).overflowX === 'hidden');
  const scrolls = asked(new Map(), (e) => ['auto', 'scroll'].includes(styleOf(e).overflowX));

  if (document.documentElement.scrollWidth > width) found.push(`the page is ${document.documentElement.scrollWidth} wide, not ${width}`);
  for (const e of document.querySelectorAll('body *')) {
    const box = e.getBoundingClientRect();

    if (box.width === 0 || !e.checkVisibility({ visibilityProperty: true }) || e.closest('.visually-hidden,.skiplinks,svg') || clipped(e)) continue;
    const style = styleOf(e);
    const name = () => `${e.tagName.toLowerCase()}.${e.getAttribute('class') ?? ''} "${e.textContent.trim().slice(0, 30)}"`;

    if ((box.right > width + 1 || box.left < -1) && style.position !== 'fixed' && !scrolls(e)) found.push(`out of the page: ${name()}`);
    if (e.tagName !== 'INPUT' && ['hidden', 'clip'].includes(style.overflowX) && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1) found.push(`cut: ${name()}`);
  }
  return [...new Set(found)];
}

/* Pieces of text that lie on one another: each beside those that begin before it ends. */
function overlapsIn() {
  const boxes = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const answers = new Map();
  const clipped = (e) => {
    if (!e) return false;
    if (!answers.has(e)) answers.set(e, (e.clientWidth <= 1 && getComputedStyle(e).overflowX === 'hidden') || clipped(e.parentElement));
    return answers.get(e);
  };

  for (let n = walk.nextNode(); n; n = walk.nextNode()) {
    if (!n.data.trim() || n.parentElement.closest('svg,.visually-hidden,.skiplinks,option,script,style')) continue;
    if (!n.parentElement.checkVisibility() || clipped(n.parentElement)) continue;
    const range = document.createRange();

    range.selectNodeContents(n);
    for (const b of range.getClientRects()) if (b.width > 1 && b.height > 1) boxes.push({ b, n });
  }
  const found = [];

  boxes.sort((x, y) => x.b.top - y.b.top);
  for (let i = 0; i < boxes.length; i += 1) for (let j = i + 1; j < boxes.length && boxes[j].b.top < boxes[i].b.bottom; j += 1) {
    const p = boxes[i].b, q = boxes[j].b;
    const over = Math.min(p.right, q.right) - Math.max(p.left, q.left), down = Math.min(p.bottom, q.bottom) - q.top;

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

export const losses = async (page) => [...await page.evaluate(lossesIn), ...await page.evaluate(overlapsIn)];
export const smallTargets = (page) => page.evaluate(smallTargetsIn);
