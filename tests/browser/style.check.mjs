/* style.check.mjs - our style sheets follow one set of rules, and every class of a template has a style. */
import stylelint from 'stylelint';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { top } from './portal.mjs';
import { check, done, none } from './tap.mjs';

const config = {
  rules: {
    'block-no-empty': true,
    'color-no-invalid-hex': true,
    'custom-property-no-missing-var-function': true,
    'declaration-block-no-duplicate-custom-properties': true,
    'declaration-block-no-duplicate-properties': true,
    'declaration-block-no-shorthand-property-overrides': true,
    'font-family-no-duplicate-names': true,
    'font-family-no-missing-generic-family-keyword': [true, { ignoreFontFamilies: ['Titillium Web', 'Titillium fallback', 'Titillium wide'] }],
    'function-calc-no-unspaced-operator': true,
    'function-no-unknown': true,
    'keyframe-declaration-no-important': true,
    'media-feature-name-no-unknown': true,
    'media-feature-name-unit-allowed-list': { '/width/': ['em'] }, // breakpoints follow the size of the text
    'named-grid-areas-no-invalid': true,
    'no-duplicate-at-import-rules': true,
    'no-duplicate-selectors': true,
    'no-invalid-double-slash-comments': true,
    'property-no-unknown': true,
    'property-no-vendor-prefix': [true, { ignoreProperties: ['/text-size-adjust/'] }],
    'selector-max-id': 0,
    'selector-pseudo-class-no-unknown': true,
    'selector-pseudo-element-no-unknown': true,
    'selector-type-no-unknown': true,
    'string-no-newline': true,
    'unit-no-unknown': true,
    'declaration-property-unit-disallowed-list': { 'font-size': ['px'], 'line-height': ['px'] }, // letters grow with the reader's choice
  },
};

const folder = join(top, 'ui', 'css');
for (const name of readdirSync(folder).filter((f) => f.endsWith('.css')).sort()) {
  await check(`stylelint ${name}`, async () => {
    const { results } = await stylelint.lint({ code: readFileSync(join(folder, name), 'utf8'), codeFilename: join(folder, name), config });

    none(results.flatMap((r) => [...r.warnings, ...r.parseErrors]).map((w) => `${w.line}: ${w.text}`), 'findings');
  });
}

function templates(at, found = []) {
  for (const f of readdirSync(at).sort()) {
    const path = join(at, f);

    if (statSync(path).isDirectory()) templates(path, found);
    else if (/\/pages\/[^/]+\.html$/.test(path)) found.push(path);
  }
  return found;
}

/* it-*: names by which the national validator knows the parts of a page; their looks are ours. */
await check('every class that a template names has a style', () => {
  const css = readFileSync(join(top, 'ui', 'dist', 'app.css'), 'utf8');
  const known = new Set([...css.matchAll(/\.([a-zA-Z][\w-]*)/g)].map((m) => m[1]));
  const unknown = [];

  for (const path of templates(join(top, 'src')))
    for (const [, value] of readFileSync(path, 'utf8').matchAll(/\sclass="([^"]*)"/g))
      for (const name of value.replace(/\{\{.*?\}\}/g, ' ').split(/\s+/).filter(Boolean))
        if (!known.has(name) && !name.startsWith('it-')) unknown.push(`${name} in ${path.slice(top.length + 1)}`);
  none([...new Set(unknown)], 'without a style');
});

await check('every rule of ours has its use', () => {
  const used = new Set();
  const walk = (at) => {
    for (const f of readdirSync(at)) {
      const path = join(at, f);

      if (statSync(path).isDirectory()) walk(path);
      else if (/\.(html|c)$/.test(f)) for (const [name] of readFileSync(path, 'utf8').matchAll(/\bw-[a-z0-9-]+/g)) used.add(name);
    }
  };

  walk(join(top, 'src'));
  const ours = new Set(readdirSync(folder).flatMap((f) => [...readFileSync(join(folder, f), 'utf8').matchAll(/\.(w-[a-z0-9-]+)/g)].map((m) => m[1])));

  /* Tones and steps come as families: one in use keeps the others. */
  const FAMILIES = [/^w-t[1-6]$/, /^w-c[0-5]$/, /^w-(ok|warn|bad|blue|terra)$/];
  const isUsed = (name) => used.has(name) || FAMILIES.some((f) => f.test(name) && [...used].some((u) => f.test(u)));

  none([...ours].filter((name) => !isUsed(name)), 'named nowhere');
});

await check('every icon that a template or a menu names is in the sprite', () => {
  const sprite = new Set([...readFileSync(join(top, 'ui', 'dist', 'icons.svg'), 'utf8').matchAll(/id="([^"]+)"/g)].map((m) => m[1]));
  const missing = [];

  for (const path of templates(join(top, 'src')))
    for (const [, name] of readFileSync(path, 'utf8').matchAll(/\{\{icon "([^"]+)"/g))
      if (!sprite.has(name)) missing.push(`${name} in ${path.slice(top.length + 1)}`);
  none(missing, 'missing icons');
});
done();
