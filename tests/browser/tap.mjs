/* tap.mjs - checks of one program, printed as TAP as they are made. A check that throws fails. */
let made = 0;
let failed = 0;

export async function check(name, body) {
  made += 1;
  try {
    const remark = await body();

    console.log(`ok ${made} - ${name}${remark ? ` (${remark})` : ''}`);
  } catch (e) {
    failed += 1;
    console.log(`not ok ${made} - ${name}`);
    for (const line of String(e?.message ?? e).split('\n').slice(0, 30)) console.log(`# ${line}`);
  }
}

export function none(list, what) {
  if (list.length > 0) throw new Error(`${list.length} ${what}:\n${list.slice(0, 20).join('\n')}`);
}

export function done() {
  console.log(`1..${made}`);
  process.exitCode = failed > 0 || made === 0 ? 1 : 0;
}
