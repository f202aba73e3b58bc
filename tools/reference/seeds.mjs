// seeds.mjs - makes districts.csv, bodies.csv, areas.csv, memberships.csv of reference/territory and
// the tables of reference/programme from the transcribed documents: node seeds.mjs FOLDER, where FOLDER
// holds districts.csv, managing_bodies.csv, comune_managing_body.csv, projects.csv and so on.
// Documents are called by their names; merger.csv and notes.csv beside this file are made by hand.
import { copyFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fold, readCsv, writeCsv } from './csv.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const from = process.argv[2];
if (!from) {
  console.error('usage: node seeds.mjs FOLDER');
  process.exit(2);
}
const read = name => readCsv(join(from, name));
const territory = name => join(here, '../../reference/territory', name);

const KINDS = {
  'consorzio': 'consortium', 'azienda sanitaria': 'health-authority', 'associazione di comuni': 'association',
  'comune': 'municipality', 'unione di comuni': 'union', 'convenzione': 'convention',
};
const EVIDENCE = { list: 'list', 'list-partial': 'list-partial', table: 'table', seat: 'seat', 'derived-district': 'district', 'derived-project': 'project' };
const SURVEY = 'IRES Piemonte 2020, WE.CA.RE.';
const CALL = 'Avviso ai partner dei distretti 21-24 (2018)';

function sourceName(text) {
  if (/^https?:/.test(text)) return text;
  if (text.startsWith('seed 004 table 1.1')) return `${SURVEY}, tabella 1.1`;
  if (text.startsWith('seed 004 chapter 2')) return `${SURVEY}, capitolo 2`;
  if (text.startsWith('seed 002')) return CALL;
  throw new Error(`source without a name: ${text}`);
}

const districts = read('districts.csv');
const bodies = read('managing_bodies.csv');
const rows = read('comune_managing_body.csv');
const mergers = readCsv(join(here, 'merger.csv'));
const notes = new Map(readCsv(join(here, 'notes.csv')).map(n => [n.body_id, n]));

// A seat is known when the table names one, when the lead of the project is this body's comune, or when
// exactly one of its listed comuni stands in its name. Anything else stays unknown.
function seatOf(body) {
  const members = rows.filter(r => r.body_id === body.body_id);
  const said = members.filter(r => r.evidence === 'seat' || r.evidence === 'table');
  if (said.length === 1) return said[0].istat;
  const lead = members.filter(r => body.is_lead_seat === '1' && r.name === body.project_lead);
  if (lead.length === 1) return lead[0].istat;
  const name = ` ${fold(body.name_in_table)} `;
  const named = members.filter(r => name.includes(` ${fold(r.name)} `) || (r.name.endsWith(' Torinese') && name.includes(` ${fold(r.name.replace(' Torinese', ''))} `)));
  return named.length === 1 ? named[0].istat : '';
}

function bodyRows() {
  return bodies.map(b => {
    const end = mergers.find(m => m.body_id === b.body_id);
    const note = notes.get(b.body_id);
    if (b.note && !note) throw new Error(`no note in both languages for ${b.body_id}: ${b.note}`);
    return { body_id: b.body_id, name: b.name_in_table, kind: KINDS[b.kind], district_no: b.district_no, is_lead: b.is_lead_seat,
      is_complete: b.members_complete, seat_istat: seatOf(b), to: end?.last_day ?? '', successor: end?.successor ?? '',
      note_it: note?.note_it ?? '', note_en: note?.note_en ?? '' };
  });
}

const membership = (area_kind, area, in_kind, in_code, rest) => ({ area_kind, area, in_kind, in: in_code, from: '', to: '', as_of: '', ...rest });

function comuneRows() {
  const list = [];
  for (const r of rows) {
    const evidence = EVIDENCE[r.evidence], source = r.source && sourceName(r.source);
    if (!evidence) continue;
    const said = { as_of: r.as_of, evidence, source };
    if (evidence === 'district') list.push(membership('comune', r.istat, 'district', r.district_no, said));
    else if (evidence === 'project') list.push(membership('comune', r.istat, 'project', projectOf(r.project_lead), said));
    else {
      const end = mergers.find(m => m.body_id === r.body_id);
      list.push(membership('comune', r.istat, 'body-area', r.body_id, { ...said, to: end?.last_day ?? '' }));
      if (end)
        list.push(membership('comune', r.istat, 'body-area', end.successor,
          { from: end.next_day, as_of: end.next_day.slice(0, 4), evidence: 'merger', source: end.source }));
    }
  }
  return list;
}

const projectOf = lead => districts.find(d => d.project_lead === lead).project_id;

function wholeRows() {
  const list = [];
  const table = { as_of: '2020', evidence: 'table' };
  for (const b of bodies)
    list.push(membership('body-area', b.body_id, 'district', b.district_no, { ...table, source: `${SURVEY}, tabella 1.1` }));
  for (const d of districts)
    list.push(membership('district', d.district_no, 'project', d.project_id, { ...table, source: sourceName(d.name_source) }));
  return list;
}

const DISTRICT_COLUMNS = ['district_no', 'name', 'population', 'n_comuni_stated', 'is_complete', 'source'];
writeCsv(territory('districts.csv'), DISTRICT_COLUMNS, districts.map(d => ({ district_no: d.district_no, name: d.name,
  population: d.population_stated, n_comuni_stated: d.n_comuni_stated, is_complete: d.members_complete, source: sourceName(d.name_source) })));
writeCsv(territory('bodies.csv'), ['body_id', 'name', 'kind', 'district_no', 'is_lead', 'is_complete', 'seat_istat', 'to', 'successor', 'note_it', 'note_en'], bodyRows());
writeCsv(territory('projects.csv'), ['project_id', 'name', 'lead', 'area_name'], read('projects.csv').map(p => ({ project_id: p.project_id, name: p.title_table, lead: p.lead, area_name: p.area_name })));
writeCsv(territory('memberships.csv'), ['area_kind', 'area', 'in_kind', 'in', 'from', 'to', 'as_of', 'evidence', 'source'],
  [...comuneRows(), ...wholeRows(), ...readCsv(join(here, 'hand.csv'))]);
for (const name of ['projects', 'interventions', 'targets', 'initiatives', 'programme_measures', 'programme_phases']) {
  const to = join(here, '../../reference/programme', `${name}.csv`);
  copyFileSync(join(from, `${name}.csv`), to);
  console.log(`copied        reference/programme/${name}.csv`);
}
