// csv.mjs - reads and writes the tables: commas, quotes doubled inside quotes, LF line ends.
import { readFileSync, writeFileSync } from 'node:fs';

export function readCsv(file) {
  const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  const rows = [];
  let row = [], cell = '', quoted = false;
  for (let i = 0; i < text.length; i++) {
    const ch = text[i];
    if (quoted) {
      if (ch === '"' && text[i + 1] === '"') { cell += '"'; i++; }
      else if (ch === '"') quoted = false;
      else cell += ch;
    } else if (ch === '"') quoted = true;
    else if (ch === ',') { row.push(cell); cell = ''; }
    else if (ch === '\n') { row.push(cell); rows.push(row); row = []; cell = ''; }
    else if (ch !== '\r') cell += ch;
  }
  if (cell !== '' || row.length) { row.push(cell); rows.push(row); }
  const names = rows.shift();
  return rows.map(cells => Object.fromEntries(names.map((name, k) => [name, cells[k] ?? ''])));
}

export function writeCsv(file, names, rows) {
  const put = v => /[",\n]/.test(String(v)) ? `"${String(v).replaceAll('"', '""')}"` : String(v);
  const lines = [names.join(',')];
  for (const r of rows) lines.push(names.map(n => put(r[n] ?? '')).join(','));
  writeFileSync(file, lines.join('\n') + '\n');
  console.log(`${rows.length} rows  ${file.replace(/^.*reference\//, 'reference/')}`);
}

// The same folding as str_fold: accents off, punctuation to one space.
export const fold = s => s.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase()
  .replace(/[^a-z0-9]+/g, ' ').trim();

export function distanceKm(a, b) {
  const r = Math.PI / 180;
  const x = (b.lon - a.lon) * r * Math.cos((a.lat + b.lat) / 2 * r), y = (b.lat - a.lat) * r;
  return Math.hypot(x, y) * 6371;
}
