/*
 * portal.mjs - a portal of its own data folder and a browser, for one program of checks.
 *
 *     await withPortal(async ({ origin, browser }) => { ... });
 *
 * The program is WECARE_PROGRAM or build/wecare. Everything is ended by its own handle. The demo is made anew, or copied
 * from WECARE_DEMO, a folder where ./check has made it once: `data` and what the program `said`.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, mkdirSync, writeFileSync, existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium } from 'playwright-core';

export const top = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');
const program = resolve(process.env.WECARE_PROGRAM ?? join(top, 'build', 'wecare'));

/* The program takes WECARE_* for its settings and refuses what it does not know. */
const { WECARE_PROGRAM: _, WECARE_DEMO: demo, ...rest } = process.env;
const env = { ...rest, WECARE_LOG_LEVEL: 'warn' };

/* A command of the program on files of its own, without the portal. */
export const command = (...more) => execFileSync(program, more, { env, stdio: 'pipe' });

function freePort() {
  return new Promise((found) => {
    const s = createServer().listen(0, '127.0.0.1', () => {
      const { port } = s.address();

      s.close(() => found(port));
    });
  });
}

async function ready(origin, server) {
  for (let i = 0; i < 300; i += 1) {
    if (server.exitCode !== null) throw new Error(`the portal ended with ${server.exitCode}`);
    try {
      if ((await fetch(`${origin}/health`)).ok) return;
    } catch { /* not listening yet */ }
    await wait(100);
  }
  throw new Error('the portal is not ready after 30 s');
}

/* The keys that the demo was made with, by purpose: { keep, phone, approve, confirm }, by the portal's origin. */
const keys = new Map();

export const keysOf = (origin) => keys.get(origin) ?? {};
/* What a browser sends that holds all of them (confirm is no such key: it opens one address). */
export const cookieOf = (origin) => {
  const { keep, phone, approve } = keysOf(origin);

  return [keep, phone, approve].filter(Boolean).join('.');
};

/* Every context of the browser holds the keys: pages that want one are looked at like all others. */
export function holdKeys(browser, origin) {
  const newContext = browser.newContext.bind(browser);

  browser.newContext = async (options) => {
    const context = await newContext(options);

    if (cookieOf(origin)) await context.addCookies([{ name: 'wecare_key', value: cookieOf(origin), url: origin, httpOnly: true, sameSite: 'Strict' }]);
    return context;
  };
}

/* The invented catalogue: pages with something on them. Returns what the program said: the keys. */
function fillWithDemo(folder, words) {
  if (demo) {
    cpSync(join(demo, 'data'), join(folder, 'data'), { recursive: true });
    return readFileSync(join(demo, 'said'), 'utf8');
  }
  const made = spawnSync(program, [...words, 'demo'], { cwd: top, env, encoding: 'utf8' });

  if (made.status !== 0) throw new Error(`wecare demo: ${made.stderr}${made.error ?? ''}`);
  return made.stdout;
}

/* settings: "phone.number=800 000 000" and the like. */
export async function startPortal(settings = []) {
  const folder = mkdtempSync(join(tmpdir(), 'wecare-browser-'));
  const words = ['--data', join(folder, 'data'), ...settings.flatMap((s) => ['--set', s])];
  const said = fillWithDemo(folder, words);
  const port = await freePort();
  const server = spawn(program, [...words, 'serve', '--listen', `127.0.0.1:${port}`],
    { cwd: top, stdio: 'ignore', env });
  const origin = `http://127.0.0.1:${port}`;
  const stop = async () => {
    if (server.exitCode === null) {
      server.kill('SIGTERM');
      await Promise.race([new Promise((r) => { server.once('exit', r); }), wait(8000)]);
      if (server.exitCode === null) server.kill('SIGKILL');
    }
    rmSync(folder, { recursive: true, force: true });
  };

  keys.set(origin, Object.fromEntries([...said.matchAll(/^(\w+) +http\S+\/(?:chiave|conferma)\/(\w+)$/gm)].map((m) => [m[1], m[2]])));
  try {
    await ready(origin, server);
  } catch (e) {
    await stop();
    throw e;
  }
  /* What the keeper types meanwhile: keeper('notes', 'answer', code, 'words'). */
  const keeper = (...more) => {
    const p = spawnSync(program, [...words, ...more], { cwd: top, env, encoding: 'utf8' });

    if (p.status !== 0) throw new Error(`wecare ${more[0]}: ${p.stderr}${p.error ?? ''}`);
    return p.stdout;
  };

  return { origin, stop, keeper };
}

export function chromiumPath() {
  return process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((p) => existsSync(p));
}

export function startBrowser(more = []) {
  return chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox', '--disable-gpu', ...more] });
}

/* withKeys: false for who comes as anybody does, and goes in by the address of a key. */
export async function withPortal(body, { settings = [], browserArgs = [], withKeys = true } = {}) {
  const portal = await startPortal(settings);
  let browser;

  try {
    browser = await startBrowser(browserArgs);
    if (withKeys) holdKeys(browser, portal.origin);
    await body({ origin: portal.origin, keeper: portal.keeper, browser });
  } finally {
    await browser?.close();
    await portal.stop();
  }
}

/* What a run measured, for the accessibility statement. */
export const factsFolder = join(top, 'tests', 'browser', '.facts');
export function noteFact(name, value) {
  mkdirSync(factsFolder, { recursive: true });
  writeFileSync(join(factsFolder, name), String(value));
}
