/* openapi.check.mjs - the OpenAPI document passes Spectral: its general rules and what the Italian guidelines ask (openapi.spectral.yaml). */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPortal, top } from './portal.mjs';
import { check, done, none } from './tap.mjs';

const here = join(top, 'tests', 'browser');
const folder = mkdtempSync(join(tmpdir(), 'wecare-openapi-'));
const portal = await startPortal(['origin=https://portale.example.org']);

/* What Spectral finds in a document, as words. */
function lint(doc) {
  const file = join(folder, 'openapi.json'), out = join(folder, 'found.json');

  writeFileSync(file, JSON.stringify(doc));
  try {
    execFileSync(process.execPath, [join(here, 'node_modules', '.bin', 'spectral'), 'lint', '--ruleset', join(here, 'openapi.spectral.yaml'),
      '--format', 'json', '--output', out, '--quiet', '--fail-severity', 'hint', file], { stdio: 'ignore', timeout: 90000 });
  } catch (e) {
    if (e.status === 2) throw new Error('Spectral could not read the document or the rules');
  }
  return JSON.parse(readFileSync(out, 'utf8')).map((x) => `${x.code} at ${x.path.join('.')}: ${x.message}`);
}

try {
  const doc = await (await fetch(`${portal.local ?? portal.origin}/api/openapi.json`)).json();

  await check('Spectral finds nothing in the OpenAPI document', async () => none(lint(doc), "findings"));
  await check('Spectral finds what was taken out on purpose', async () => {
    const broken = structuredClone(doc);

    delete broken.paths['/status'];
    delete broken.info.contact;
    delete broken.paths['/api/hsds/3.0/services'].get.responses['429'];
    broken.paths['/api/hsds/3.0/services'].get.parameters.push({ name: 'x', in: 'path' });
    const found = lint(broken).map((x) => x.split(' ')[0]);

    none(['it-status', 'info-contact', 'it-too-many', 'path-params'].filter((rule) => !found.includes(rule)).map((rule) => `${rule} was not seen: ${found}`), "rules that saw nothing");
  });
} finally {
  await portal.stop();
  rmSync(folder, { recursive: true, force: true });
}
done();
