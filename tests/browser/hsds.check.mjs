/* hsds.check.mjs - every answer of the HSDS API keeps to the compiled schemas of HSDS 3.0, the OpenAPI document to its own, CSV and GeoJSON to theirs; no secret address in any of them. */
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { Validator } from '@seriousme/openapi-schema-validator';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startPortal, top } from './portal.mjs';
import { check, done, none } from './tap.mjs';

const shared = join(top, '..', 'shared', 'data', 'hsds', '3.0');

if (!existsSync(shared)) {
  console.log('ok 1 - hsds # SKIP shared/data/hsds is not beside the clone\n1..1');
  process.exit(0);
}

/* Draft 2020-12 with formats on. The schemas carry members of their own (tabular_required...), so not strict. */
const ajv = addFormats(new Ajv2020({ strict: false, allErrors: true }));
const read = (name) => {
  const schema = JSON.parse(readFileSync(join(shared, 'schema', name), 'utf8'));

  delete schema.$id;
  return schema;
};
/* The plain schema of a place points at its parts by file; the compiled form stands inside service_at_location. */
const atSchema = read('compiled/service_at_location.json');
const service = ajv.compile(read('compiled/service.json'));
const serviceList = ajv.compile(read('compiled/service_list.json'));
const organization = ajv.compile(read('compiled/organization.json'));
const organizationList = ajv.compile(read('compiled/organization_list.json'));
const at = ajv.compile(atSchema);
const atList = ajv.compile(read('compiled/service_at_location_list.json'));
const location = ajv.compile(atSchema.properties.location);
const term = ajv.compile(atSchema.properties.attributes.items.properties.taxonomy_term);
const taxonomy = ajv.compile(atSchema.properties.attributes.items.properties.taxonomy_term.properties.taxonomy_detail);
/* The envelope is in the API's own description. */
const pageSchema = JSON.parse(readFileSync(join(shared, 'schema', 'openapi.json'), 'utf8')).components.schemas.Page;
const page = ajv.compile({
  ...pageSchema,
  required: [...Object.keys(pageSchema.properties), 'contents'],
  properties: { ...pageSchema.properties, contents: { type: 'array' } },
});

const words = (name, errors) => errors.map((e) => `${name}${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`);
const keeps = (validate, value, name) => (validate(value) ? [] : words(name, validate.errors));

const portal = await startPortal();
const api = `${portal.origin}/api/hsds/3.0`;
/* Everything that was read, for the search for secret addresses at the end. */
let everything = '';

async function ask(path, options) {
  const answer = await fetch(path.startsWith('http') ? path : api + path, options);
  const text = await answer.text();

  everything += text;
  return { answer, text, json: answer.headers.get('content-type').includes('json') && !answer.headers.get('content-type').includes('ndjson') ? JSON.parse(text) : null };
}

/* Every page of a list, the envelope looked at on the way. */
async function pagesOf(path, perPage = 100) {
  const all = [];
  const wrong = [];
  const glue = path.includes('?') ? '&' : '?';

  for (let number = 1; number < 1000; number += 1) {
    const { answer, json } = await ask(`${path}${glue}page=${number}&per_page=${perPage}`);

    if (answer.status !== 200) throw new Error(`${path} answers ${answer.status}`);
    wrong.push(...keeps(page, json, `page ${number}`));
    if (json.page_number !== number || json.size !== json.contents.length || json.first_page !== (number === 1)
      || json.empty !== (json.contents.length === 0) || json.last_page !== (number >= json.total_pages)
      || json.total_pages !== Math.ceil(json.total_items / perPage)) wrong.push(`page ${number}: the envelope contradicts itself`);
    all.push(...json.contents);
    if (json.last_page) {
      if (all.length !== json.total_items) wrong.push(`${all.length} entries, ${json.total_items} said`);
      break;
    }
  }
  none(wrong, 'wrong');
  if (new Set(all.map((x) => x.id)).size !== all.length) throw new Error('an entry stands twice');
  return all;
}

function eachKeeps(validate, list, least) {
  if (list.length < least) throw new Error(`${list.length} entries, at least ${least} are wanted`);
  none(list.flatMap((x) => keeps(validate, x, x.id)), 'departures from the schema');
  return `${list.length} entries`;
}

try {
  portal.keeper('import', 'csv', join(top, 'demo', 'catalogue', 'services.csv'), '--mapping', join(top, 'demo', 'catalogue', 'demo.map'));
  portal.keeper('import', 'hsds', join(shared, 'examples', 'service_full.json'));

  await check('the root says what it is', async () => {
    const { json } = await ask('');

    if (json.version !== '3.0' || !json.profile.startsWith('https://') || json.openapi_url !== `${portal.origin}/api/openapi.json`) throw new Error(JSON.stringify(json));
  });

  let services = [];
  let fulls = [];

  await check('services, page by page', async () => {
    services = await pagesOf('/services');
    return eachKeeps(serviceList, services, 600);
  });
  await check('services in full, page by page', async () => {
    fulls = await pagesOf('/services?full=true');
    return eachKeeps(service, fulls, 600);
  });
  await check('minimal services in one page', async () => {
    const { json } = await ask('/services?minimal=true&per_page=100000');

    if (json.contents.length !== services.length) throw new Error(`${json.contents.length} of ${services.length}`);
    none(json.contents.filter((s) => !s.modified_date), 'without modified_date');
    return eachKeeps(serviceList, json.contents, 600);
  });
  await check('services as ndjson, all of them', async () => {
    const { answer, text } = await ask('/services?format=ndjson&full=true');
    const lines = text.trimEnd().split('\n').map((l) => JSON.parse(l));

    if (answer.headers.get('content-type') !== 'application/x-ndjson' || lines.length !== services.length) throw new Error(`${lines.length} lines`);
    return eachKeeps(service, lines, 600);
  });
  await check('one service, the same as in the list', async () => {
    for (const s of fulls.filter((_, i) => i % 25 === 0)) {
      const { json } = await ask(`/services/${s.id}`);

      none(keeps(service, json, s.id), 'departures');
      if (JSON.stringify(json) !== JSON.stringify(s)) throw new Error(`${s.id} is not the same alone and in the list`);
    }
  });
  await check('organizations, short and full', async () => {
    const list = await pagesOf('/organizations');
    const full = await pagesOf('/organizations?full=true', 20);

    if (list.length !== full.length) throw new Error('not as many');
    eachKeeps(organization, full, 40);
    const { json } = await ask(`/organizations/${full.find((o) => o.services.length > 0).id}?full_service=true`);

    none(keeps(organization, json, json.id), 'departures');
    none(json.services.flatMap((s) => keeps(service, s, s.id)), 'departures of services');
    return eachKeeps(organizationList, list, 40);
  });
  await check('services at locations, short and full', async () => {
    const list = await pagesOf('/service_at_locations');
    const full = await pagesOf('/service_at_locations?full=true');

    eachKeeps(at, full, 400);
    for (const x of full.filter((_, i) => i % 50 === 0)) none(keeps(at, (await ask(`/service_at_locations/${x.id}`)).json, x.id), 'departures');
    return eachKeeps(atList, list, 400);
  });
  await check('locations', async () => {
    const list = await pagesOf('/locations');

    for (const x of list.filter((_, i) => i % 50 === 0)) none(keeps(location, (await ask(`/locations/${x.id}`)).json, x.id), 'departures');
    return eachKeeps(location, list, 300);
  });

  let terms = [];

  await check('taxonomies and terms', async () => {
    const all = await pagesOf('/taxonomies');

    eachKeeps(taxonomy, all, 6);
    terms = await pagesOf('/taxonomy_terms');
    for (const t of terms.filter((_, i) => i % 40 === 0)) none(keeps(term, (await ask(`/taxonomy_terms/${t.id}`)).json, t.id), 'departures');
    for (const x of all) none(keeps(taxonomy, (await ask(`/taxonomies/${x.id}`)).json, x.id), 'departures');
    const ids = new Set(terms.map((t) => t.id));

    none(terms.filter((t) => t.parent_id && !ids.has(t.parent_id)), 'without their parent');
    none(fulls.flatMap((s) => s.attributes).filter((a) => a.link_type === 'needs' && !ids.has(a.taxonomy_term_id)), 'needs without a term');
    return eachKeeps(term, terms, 200);
  });
  await check('a filter gives those that carry the term, and all of them', async () => {
    const used = new Map();

    for (const s of fulls) for (const a of s.attributes) used.set(a.taxonomy_term_id, (used.get(a.taxonomy_term_id) ?? new Set()).add(s.id));
    for (const [id, want] of [...used].filter((_, i) => i % 12 === 0)) {
      const got = await pagesOf(`/services?taxonomy_term_id=${id}`);

      if (got.length !== want.size || got.some((s) => !want.has(s.id))) throw new Error(`${id}: ${got.length} instead of ${want.size}`);
    }
    const [[a, of_a], [b, of_b]] = [...used].sort((x, y) => y[1].size - x[1].size);
    const both = await pagesOf(`/services?taxonomy_term_id=${a}&taxonomy_term_id=${b}`);

    if (both.length !== [...of_a].filter((id) => of_b.has(id)).length) throw new Error('two terms are not AND');
    return `${used.size} terms in use`;
  });
  await check('invented entries say so, in lists too', async () => {
    const demo = terms.find((t) => t.code === 'demo').id;
    const marked = (s) => (s.attributes ?? []).some((x) => x.taxonomy_term_id === demo);

    if (fulls.filter(marked).length < 600 || services.filter(marked).length !== fulls.filter(marked).length) throw new Error('not all are marked');
  });
  await check('words by POST, as a form and as JSON, found the same', async () => {
    const form = await ask('/services', { method: 'POST', body: new URLSearchParams({ search: 'pacco spesa', per_page: '5' }) });
    const json = await ask('/services', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"search":"pacco spesa","per_page":5}' });

    if (form.text !== json.text || form.json.total_items === 0) throw new Error(form.text.slice(0, 500));
    return eachKeeps(serviceList, form.json.contents, 1);
  });
  await check('what is asked wrongly is refused in plain words', async () => {
    for (const query of ['?page=0', '?page=x', '?per_page=2000', '?full=maybe', '?taxonomy_term_id=1', '?modified_after=ieri', '?search=casa', '?unknown=1', '?format=xml']) {
      const { answer, json } = await ask(`/services${query}`);

      if (answer.status !== 400 || !answer.headers.get('content-type').includes('problem+json') || json.problems.length !== 1 || json.problems[0].detail.includes('{')) throw new Error(`${query}: ${answer.status} ${JSON.stringify(json)}`);
    }
  });
  await check('the OpenAPI document is valid and its own example of the truth', async () => {
    const { json } = await ask(`${portal.origin}/api/openapi.json`);
    /* The schemas of HSDS lie elsewhere: the other checks hold the answers against them. */
    const near = JSON.parse(JSON.stringify(json), (_, v) => (typeof v?.$ref === 'string' && v.$ref.startsWith('https://') ? {} : v));
    const result = await new Validator().validate(near);

    if (!result.valid) throw new Error(JSON.stringify(result.errors).slice(0, 2000));
    /* the general rules that people lint with (Spectral, oas) */
    const operations = Object.values(json.paths).flatMap((p) => Object.values(p));
    const ids = operations.map((o) => o.operationId);
    const wrong = operations.filter((o) => !o.operationId || !o.summary || !o.description || !o.tags?.length || !o.responses['200']).map((o) => o.operationId);

    if (new Set(ids).size !== ids.length || !json.info.contact || !json.info.license || !json.servers.length) wrong.push('ids, contact, licence or servers');
    for (const [path, p] of Object.entries(json.paths)) for (const o of Object.values(p)) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort().join();
      const said = (o.parameters ?? []).filter((x) => x.in === 'path').map((x) => x.name).sort().join();

      if (inPath !== said) wrong.push(`${path}: ${inPath} instead of ${said}`);
      wrong.push(...o.tags.filter((t) => !json.tags.some((x) => x.name === t)));
    }
    none(wrong, 'against the general rules');
    return `${operations.length} operations`;
  });
  await check('CSV and GeoJSON of all, and of a result', async () => {
    const csv = await ask(`${portal.origin}/dati/servizi.csv`);
    const rows = new Set([...csv.text.matchAll(/^"([0-9a-f-]{36})"/gm)].map((m) => m[1]));
    const geo = await ask(`${portal.origin}/dati/servizi.geojson`);
    const found = await ask(`${portal.origin}/dati/servizi.geojson?bisogno=pasto-caldo&dove=torino-to`);

    if (rows.size !== services.length) throw new Error(`${rows.size} services in the table, ${services.length} in the API`);
    if (new Set(geo.json.features.map((f) => f.properties.servizio)).size !== services.length) throw new Error('not as many in the GeoJSON');
    none(geo.json.features.filter((f) => f.geometry && !(f.geometry.coordinates[0] > 6 && f.geometry.coordinates[0] < 10 && f.geometry.coordinates[1] > 43 && f.geometry.coordinates[1] < 47)), 'points outside the territory');
    if (found.json.features.length === 0 || found.json.features.length >= geo.json.features.length) throw new Error('the query changes nothing');
    return `${rows.size} services`;
  });
  await check('no secret address of the demo is anywhere in what was read', async () => {
    const table = readFileSync(join(top, 'demo', 'catalogue', 'services.csv'), 'utf8');
    const secrets = secretAddresses(table);

    if (secrets.length < 3) throw new Error(`${secrets.length} secret addresses in the demo: the check would prove nothing`);
    none(secrets.filter((s) => everything.includes(s)), 'secret addresses given away');
    return `${secrets.length} addresses in ${Math.round(everything.length / 1e6)} MB`;
  });
} finally {
  await portal.stop();
}
done();

/* Addresses of rows whose place is secret; a small reader of quoted CSV. */
function secretAddresses(table) {
  const rows = [...table.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/g)];
  const names = [];
  const list = [];
  let row = [];

  for (const [, quoted, plain, end] of rows) {
    row.push((quoted ?? plain).replaceAll('""', '"'));
    if (end === ',') continue;
    if (names.length === 0) names.push(...row);
    else if (row.length === names.length && /^s/i.test(row[names.indexOf('indirizzo_segreto')])) list.push(row[names.indexOf('indirizzo')]);
    row = [];
  }
  return list.filter((a) => a.length > 4);
}
