/* html.check.mjs - every page is valid HTML, without inline styles or scripts, in the classes of the library, and no link of the portal leads nowhere. */
import { HtmlValidate } from 'html-validate';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cookieOf, startPortal, top, noteFact } from './portal.mjs';
import { pagesOf, linksOf, kindOf, KINDS, NOT_PAGES } from './pages.mjs';
import { check, done, none } from './tap.mjs';

const validator = new HtmlValidate({
  extends: ['html-validate:recommended', 'html-validate:a11y'],
  rules: {
    'no-inline-style': 'error',
    'long-title': 'off', // names of comuni and of bodies are as long as they are
    'no-trailing-whitespace': 'off', // white space is squeezed by the page compiler
    'void-style': ['error', { style: 'omit' }],
    'tel-non-breaking': 'off', // numbers may wrap when the text is at 200 %
    'prefer-native-element': ['error', { exclude: ['region'] }], // a table that scrolls is a named region with a tab stop
    'doctype-style': ['error', { style: 'lowercase' }],
    'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'submit', 'button'] }], // boxes of a filter, buttons of a form
    'attribute-boolean-style': ['error', { style: 'omit' }],
  },
});

/* The whole library where it was brought to build the style sheet; else the part that is in it, and it-*, which is the library's. */
const whole = join(top, 'ui', 'node_modules', 'bootstrap-italia', 'dist', 'css', 'bootstrap-italia.min.css');
const css = readFileSync(existsSync(whole) ? whole : join(top, 'ui', 'dist', 'app.css'), 'utf8');
const library = new Set([...css.matchAll(/\.([a-z][a-z0-9-]*)/g)].map((m) => m[1]).filter((name) => !name.startsWith('w-')));

/* Rows of a list each carry the same hidden names: read in their order by the form that takes them. */
const isHiddenTwin = (m, html) => m.ruleId === 'form-dup-name' && /type="hidden"[^>]*$/.test(html.slice(0, m.offset).replace(/^.*</s, '<'));

const isLibrary = (name) => library.has(name) || name.startsWith('it-');

/* The national validator wants at least 30 % of the class names of a page from the library, each counted once. */
function shareOfLibrary(html) {
  const all = [...html.matchAll(/\sclass="([^"]*)"/g)].flatMap((m) => m[1].split(/\s+/)).filter(Boolean);
  const kinds = new Set(all);

  return { uses: all.filter(isLibrary).length / all.length, kinds: [...kinds].filter(isLibrary).length / kinds.size };
}

const portal = await startPortal(['phone.number=011 000 0000', 'region.name=Regione di prova']);
let errors = 0;
let least = 1;

try {
  const pages = await pagesOf(portal.origin);
  const links = new Map();

  for (const p of pages) {
    const html = await (await fetch(portal.origin + p.path, { headers: { Cookie: `wecare_key=${cookieOf(portal.origin)}` } })).text();

    await check(`valid HTML ${p.name}`, async () => {
      const report = await validator.validateString(html, p.path);
      const list = report.results.flatMap((r) => r.messages).filter((m) => !isHiddenTwin(m, html)).map((m) => `${m.ruleId} at ${m.line}:${m.column}: ${m.message}`);

      errors += list.length;
      none(list, 'errors');
    });
    await check(`no script but islands of our own, no inline style or handler, one h1, one main ${p.name}`, () => {
      none(html.match(/<script\b(?! type="application\/ld\+json">)(?! src="\/assets\/[a-z]+\.[0-9a-f]+\.js" defer><\/script>)|\sstyle="|\son[a-z]+="|javascript:/g) ?? [], 'found');
      if (html.match(/<h1\b/g)?.length !== 1 || html.match(/<main\b/g)?.length !== 1) throw new Error('one of each is wanted');
    });
    const data = html.match(/(?<=<script type="application\/ld\+json">).*?(?=<\/script>)/s)?.[0];

    if (data) /* schema.org: read by others, run by nobody */
      await check(`the data of the page can be read ${p.name}`, () => {
        const d = JSON.parse(data);

        if (d['@context'] !== 'https://schema.org' || !d.name || !d.availableChannel?.length) throw new Error('not what schema.org asks for');
        if (d.disambiguatingDescription && !html.includes(d.disambiguatingDescription)) throw new Error('invented data are not marked in both');
      });
    await check(`classes of the library ${p.name}`, () => {
      const s = shareOfLibrary(html);

      least = Math.min(least, s.kinds);
      if (s.kinds < 0.3) throw new Error(`${Math.round(s.uses * 100)} % of uses, ${Math.round(s.kinds * 100)} % of kinds`);
      return `${Math.round(s.uses * 100)} % of uses, ${Math.round(s.kinds * 100)} % of kinds`;
    });
    for (const h of await linksOf(portal.origin, p.path)) {
      const where = h.replace(/#.*$/, '');

      if (where && !links.has(where)) links.set(where, p.path);
    }
  }
  await check('every kind of page that is linked is in the list that the checks look at', () => {
    none([...links.keys()].filter((h) => !NOT_PAGES.some((r) => r.test(h)) && !KINDS.has(kindOf(h))), 'not looked at');
  });
  await check(`each of ${links.size} links leads somewhere`, async () => {
    const dead = [];
    const refused = new Set(pages.filter((p) => p.code !== 200).map((p) => p.path)); // such a page leads to itself in the other language

    for (const [h, from] of links) {
      const answer = await fetch(portal.origin + h, { redirect: 'follow', headers: { Cookie: `wecare_key=${cookieOf(portal.origin)}` } });

      if (!answer.ok && !refused.has(h.replace(/^\/en(?=\/)/, ''))) dead.push(`${h} on ${from}: ${answer.status}`);
      await answer.arrayBuffer();
    }
    none(dead, 'dead links');
  });
} finally {
  await portal.stop();
}
noteFact('html-problems', errors);
console.log(`# least share of classes of the library: ${Math.round(least * 100)} %`);
done();
