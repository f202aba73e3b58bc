/*
 * statement.check.mjs - the accessibility statement says what the checks before it measured.
 * Runs after pages, bytes, html and lighthouse, which leave their figures in .facts/.
 * node statement.check.mjs --write puts them into reference/portal/checks.csv with today's day.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { factsFolder, top } from './portal.mjs';
import { check, done } from './tap.mjs';

const NAMES = ['pages', 'axe-problems', 'html-problems', 'lighthouse-least', 'reflow-problems', 'large-text-problems',
  'target-problems', 'script-bytes'];
const file = join(top, 'reference', 'portal', 'checks.csv');
const measured = (name) => {
  const path = join(factsFolder, name);

  if (!existsSync(path)) throw new Error(`${name} was not measured: run the other checks first`);
  return readFileSync(path, 'utf8').trim();
};

if (process.argv.includes('--write')) {
  const day = new Date().toISOString().slice(0, 10);

  writeFileSync(file, `name,value\nchecked-on,${day}\n${NAMES.map((n) => `${n},${measured(n)}\n`).join('')}`);
}
const said = new Map(readFileSync(file, 'utf8').trim().split('\n').slice(1).map((l) => l.split(',')));

for (const name of NAMES)
  await check(`the statement says what was measured: ${name}`, () => {
    if (said.get(name) !== measured(name)) throw new Error(`it says ${said.get(name)}, measured ${measured(name)}; write it again with --write`);
    return measured(name);
  });
done();
