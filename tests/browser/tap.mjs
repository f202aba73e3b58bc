/*
 * tap.mjs - checks of one program, printed as TAP as they end. A check that throws fails.
 *
 * Several may be under way at once: each is numbered when it is printed.
 */
let made = 0;
let failed = 0;

export async function check(name, body) {
  let said;
  let remark;

  try {
    remark = await body();
  } catch (e) {
    said = String(e?.message ?? e).split('\n').slice(0, 30);
  }
  made += 1;
  failed += said ? 1 : 0;
  console.log(`${said ? 'not ok' : 'ok'} ${made} - ${name}${remark ? ` (${remark})` : ''}`);
  for (const line of said ?? []) console.log(`# ${line}`);
}

export function none(list, what) {
  if (list.length > 0) throw new Error(`${list.length} ${what}:\n${list.slice(0, 20).join('\n')}`);
}

export function done() {
  console.log(`1..${made}`);
  process.exitCode = failed > 0 || made === 0 ? 1 : 0;
}

/* Each of the list in its turn, so many at a time; `make` gives each hand what it works with. */
export async function share(list, hands, make, body) {
  const left = [...list];

  await Promise.all(Array.from({ length: Math.min(hands, list.length) }, async () => {
    const own = await make();

    for (let one = left.shift(); one !== undefined; one = left.shift()) await body(own, one);
    await own?.end?.();
  }));
}
