/*
 * build.mjs - makes dist/ from the sources beside it: the same sources give the same bytes.
 *
 *   app.css     parts of Bootstrap Italia (subset.scss) + css/*.css, without rules nobody uses
 *   icons.svg   one sprite of the icons in icons.txt and of the mark
 *   embed.css   css/*.page.css, each a file of its own for a page that stands outside the frame
 *   *.js        islands of js/, each for the pages that name it
 *   *.woff2     Titillium Web 400, 600, 700 as the library ships them
 *   LICENSES/   the licence of each part
 */
import { readFileSync, writeFileSync, mkdirSync, rmSync, readdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import * as sass from 'sass';
import { PurgeCSS } from 'purgecss';
import { transformSync } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const goal = process.argv[2] ?? join(here, 'dist');
const out = goal + '.new'; /* takes the place of the old one when it is whole */
const from = (...path) => join(here, ...path);
const library = (...path) => from('node_modules', ...path);

/* Order matters: later files win at equal weight. */
const OWN = ['tokens', 'base', 'layout', 'header', 'buttons', 'forms', 'cards', 'tables', 'messages',
  'map', 'home', 'finder', 'sheet', 'board', 'tryout', 'albo', 'regulations', 'simulations', 'foot', 'keep', 'entries', 'due', 'media'];
const FONTS = { 400: 'regular', 600: '600', 700: '700' };

function lines(file) {
  return readFileSync(from(file), 'utf8').split('\n').map((l) => l.replace(/#.*/, '').trim()).filter(Boolean);
}

function walk(folder, wanted, found = []) {
  for (const e of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (e.isDirectory()) walk(join(folder, e.name), wanted, found);
    else if (wanted(join(folder, e.name))) found.push(join(folder, e.name));
  }
  return found;
}

/* Our breakpoints follow the size of the text, so the library's do too. */
function breakpointsInEm(css) {
  return css.replace(/\((min|max)-width:\s*([\d.]+)px\)/g, (_, side, px) => `(${side}-width: ${+px / 16}em)`);
}

function compileLibrary() {
  const made = sass.compile(from('subset.scss'), { loadPaths: [library()], quietDeps: true,
    logger: sass.Logger.silent, charset: false });
  return breakpointsInEm(made.css.replace(/^@charset[^;]*;/, '').replace(/\/\*[^!][\s\S]*?\*\//g, ''));
}

/* Only what stands where it counts: names of tags, classes, attributes and their values. */
function namesInHtml(text) {
  const tags = text.match(/<[a-z][a-z0-9]*/g)?.map((t) => t.slice(1)) ?? [];
  const found = { tags, classes: [], ids: [], attributes: { names: [], values: [] }, undetermined: [] };

  for (const [, name, value] of text.matchAll(/\s([a-z][a-z-]*)="([^"]*)"/g)) {
    found.attributes.names.push(name);
    found.attributes.values.push(value);
    if (name === 'class') found.classes.push(...value.replace(/\{\{.*?\}\}/g, ' ').split(/\s+/));
    if (name === 'id') found.ids.push(value);
  }
  return found;
}

function safelist() {
  const inOwn = OWN.flatMap((n) => readFileSync(from('css', n + '.css'), 'utf8').match(/var\((--[a-z0-9-]+)/g) ?? []);

  return { standard: lines('safelist.txt'), variables: ['--bootstrap-italia-version', ...inOwn.map((v) => v.slice(4))] };
}

async function makeCss() {
  const library_css = compileLibrary();
  const own = OWN.map((n) => readFileSync(from('css', n + '.css'), 'utf8'));
  const templates = walk(from('..', 'src'), (f) => /\/pages\/[^/]+\.html$/.test(f));
  const content = templates.map((f) => ({ raw: readFileSync(f, 'utf8'), extension: 'html' }));

  /* Only the library is thinned: each rule of ours has its use, and the checks say so. */
  const purged = await new PurgeCSS().purge({ content, css: [{ raw: library_css }],
    extractors: [{ extractor: namesInHtml, extensions: ['html'] }], safelist: safelist(), variables: true, keyframes: true });
  const css = transformSync([purged[0].css, ...own].join('\n'), { loader: 'css', minify: true, legalComments: 'none',
    target: ['chrome90', 'firefox90', 'safari14'] }).code;
  const notice = '/*! wecare, EUPL-1.2; contains Bootstrap Italia 2.18.3, BSD-3-Clause, and Bootstrap 5, MIT: see LICENSES */\n';

  return notice + css;
}

function makeSprite() {
  const symbol = (id, svg) => {
    const box = svg.match(/viewBox="([^"]+)"/)[1];
    const inside = svg.replace(/<!--[\s\S]*?-->/g, '').replace(/^[\s\S]*?<svg[^>]*>/, '').replace(/<\/svg>[\s\S]*$/, '')
      .replace(/\s*\n\s*/g, '').replace(/\s*\/>/g, '/>');
    return `<symbol id="${id}" viewBox="${box}">${inside}</symbol>`;
  };
  const all = lines('icons.txt').sort().map((n) =>
    symbol(n, readFileSync(library('lucide-static', 'icons', n + '.svg'), 'utf8')));

  return '<svg xmlns="http://www.w3.org/2000/svg">' + all.join('\n')
    + '\n' + symbol('mark', readFileSync(from('mark.svg'), 'utf8')) + '</svg>\n';
}

const copy = (source, to) => writeFileSync(to, readFileSync(source)); /* with the mode of a new file */

rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, 'LICENSES'), { recursive: true });
const made = { 'app.css': await makeCss(), 'icons.svg': makeSprite(), 'favicon.svg': readFileSync(from('mark.svg'), 'utf8') };

for (const name of readdirSync(from('js')).filter((n) => n.endsWith('.island.js')).sort()) /* a closed scope each: pages take what they use */
  made[name.replace('.island', '')] = transformSync(readFileSync(from('js', name), 'utf8'), { minify: true, format: 'iife', target: ['chrome90', 'firefox90', 'safari14'] }).code;

for (const name of readdirSync(from('css')).filter((n) => n.endsWith('.page.css')).sort())
  made[name.replace('.page', '')] = transformSync(readFileSync(from('css', name), 'utf8'), { loader: 'css', minify: true, legalComments: 'none', target: ['chrome90', 'firefox90', 'safari14'] }).code;

for (const [name, text] of Object.entries(made)) {
  writeFileSync(join(out, name), text);
  console.log(`${name}: ${text.length} bytes, ${brotliCompressSync(text).length} in brotli`);
}
const titillium = library('bootstrap-italia', 'dist', 'fonts', 'Titillium_Web');
for (const [weight, name] of Object.entries(FONTS))
  copy(join(titillium, `titillium-web-v10-latin-ext_latin-${name}.woff2`), join(out, `titillium-${weight}.woff2`));
copy(join(titillium, 'OFL.txt'), join(out, 'LICENSES', 'titillium-web-OFL-1.1.txt'));
copy(library('bootstrap-italia', 'LICENSE'), join(out, 'LICENSES', 'bootstrap-italia-BSD-3-Clause.txt'));
copy(library('lucide-static', 'LICENSE'), join(out, 'LICENSES', 'lucide-ISC.txt'));
copy(from('licences', 'bootstrap-MIT.txt'), join(out, 'LICENSES', 'bootstrap-MIT.txt'));
rmSync(goal, { recursive: true, force: true });
renameSync(out, goal);
