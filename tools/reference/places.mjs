// places.mjs - makes reference/people/places.csv: every Belfiore code of a comune with its last name and
// province, the days it was in force and, where it can be told, the comune it went into.
// From @marketto/belfiore-connector-embedded (MIT), whose data are the archive of comuni of ANPR
// (Ministero dell'Interno, Agenzia delle Entrate; CC BY 4.0).
// Days before 1900 are left out: nobody helped today was born then. Comuni ended before are not written.
// Where a comune went: by former_names.csv of the territory; else the one comune of its province that
// began on the day it ended, or the one of them that bears its name. Others stay without.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fold, readCsv, writeCsv } from './csv.mjs';

const require = createRequire(import.meta.url);
const reference = join(dirname(fileURLToPath(import.meta.url)), '../../reference');
const FIRST = '1900-01-01', SURE_SINCE = '1990-01-01', DAY = 86400000;

// Two bytes that were once read as two letters; "Di", "D'alpago" of names put in capitals by a program.
function mended(name) {
  if (/Ã/.test(name)) name = Buffer.from(name.replace(/Ã\s/g, 'Ã\u00a0').replace(/Ã$/, 'Ã\u00a0'), 'latin1').toString('utf8');
  return name.replace(/ (Di|Del|Della|Delle|Dei|Degli|Da|Dal|In|Sul|Sulla|Con|E|Al|Alla)(?= )/g, w => w.toLowerCase())
    .replace(/(^|[ -])([DdLl]|[Ss]ant|[Dd]ell|[Nn]ell|[Ss]ull)'(\p{L})/gu, (_, a, b, c) => `${a}${b}'${c.toUpperCase()}`)
    .replace(/ (D|L|Dell|Nell|Sull)'/g, w => w.toLowerCase());
}

// For the comuni of three provinces that were new the package has the day of the province, not of the comune
// (laws 171/1968, 20/1970, 306/1974): not a day when nobody was born there before.
const NEW_PROVINCES = new Set(['PN1968-04-06', 'IS1970-03-03', 'OR1974-08-20']);

const iso = d => d.toISOString().slice(0, 10);

async function allPlaces() {
  const { default: connector } = require('@marketto/belfiore-connector-embedded');
  const out = [];
  for (const p of await connector.toArray()) {
    if (p.belfioreCode.startsWith('Z')) continue;
    const isOver = p.expirationDate.getUTCFullYear() !== 9999; // the package has the first day without it
    out.push({ code: p.belfioreCode, name: mended(p.name), prov: p.province, from: iso(p.creationDate),
      until: isOver ? iso(new Date(Date.parse(iso(p.expirationDate)) - DAY)) : '', into: '' });
  }
  return out.sort((a, b) => a.code < b.code ? -1 : 1);
}

function setSuccessors(places) {
  const began = new Map(), byIstat = new Map(readCsv(join(reference, 'territory/comuni.csv')).map(c => [c.istat, c.belfiore]));
  const former = new Map(readCsv(join(reference, 'territory/former_names.csv')).map(f => [fold(f.name), byIstat.get(f.istat)]));
  for (const p of places) began.set(`${p.prov}${p.from}`, [...(began.get(`${p.prov}${p.from}`) ?? []), p]);
  for (const p of places.filter(p => p.until >= SURE_SINCE)) {
    const day = Date.parse(p.until), known = former.get(fold(p.name));
    const made = [0, 1, 2].flatMap(k => began.get(`${p.prov}${iso(new Date(day + k * DAY))}`) ?? []).filter(m => m.code !== p.code);
    const named = made.filter(m => ` ${fold(m.name)} `.includes(` ${fold(p.name)} `));
    if (known && known !== p.code) p.into = known;
    else if (made.length === 1) p.into = made[0].code;
    else if (named.length === 1) p.into = named[0].code;
  }
}

const places = await allPlaces();
setSuccessors(places);
const kept = places.filter(p => p.until === '' || p.until >= FIRST);
for (const p of kept) if (p.from < FIRST || NEW_PROVINCES.has(p.prov + p.from)) p.from = '';
const trouble = kept.filter(p => !/^[A-Y]\d{3}$/.test(p.code) || /[Ã\ufffd]/.test(p.name) || (p.from && p.until && p.from > p.until));
if (trouble.length || kept.length < 9700) {
  console.error(trouble.map(p => `cannot be right: ${JSON.stringify(p)}`).join('\n') || 'too few places');
  process.exit(1);
}
writeCsv(join(reference, 'people/places.csv'), ['code', 'name', 'prov', 'from', 'until', 'into'], kept);
console.log(`${kept.filter(p => p.until).length} ended, ${kept.filter(p => p.into).length} of them with where they went`);
