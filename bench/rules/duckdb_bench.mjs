/*
 * duckdb_bench.mjs - the measures of rules_bench as SQL in DuckDB (npm @duckdb/node-api), one thread, tables in memory.
 *
 * usage: duckdb_bench.mjs FOLDER     with h.csv, m.csv and NN.sql that rules_bench wrote
 */
import { readdirSync, readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

const folder = process.argv[2];
const db = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();

for (const table of ['h', 'm']) await db.run(`CREATE TABLE ${table} AS SELECT * FROM read_csv('${folder}/${table}.csv', header = true)`);
let ours = 0;
let theirs = 0;
let apart = 0;
let n = 0;

for (const name of readdirSync(folder).filter((f) => f.endsWith('.sql')).sort()) {
  const [head, ...rest] = readFileSync(`${folder}/${name}`, 'utf8').split('\n');
  const [yes, total, seconds] = head.slice(3).split(' ').map(Number);
  const sql = rest.join('\n');
  let best = Infinity;
  let row;

  for (let round = 0; round < 3; round += 1) {
    const from = process.hrtime.bigint();

    row = (await (await db.runAndReadAll(sql)).getRows())[0];
    best = Math.min(best, Number(process.hrtime.bigint() - from) / 1e9);
  }
  if (Number(row[0]) !== yes || Math.abs(Number(row[1]) - total) > total / 10000 + yes) {
    console.log(`  ${name}: ${yes} ${total}, DuckDB ${row[0]} ${row[1]}`);
    apart += 1;
  }
  ours += seconds;
  theirs += best;
  n += 1;
}
console.log(`${n} measures: ${ours.toFixed(3)} s; the same in DuckDB ${theirs.toFixed(3)} s (best of three, one thread): ${(theirs / ours).toFixed(1)} times; ${apart} come out otherwise`);
