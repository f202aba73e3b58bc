/*
 * keys.journey.mjs - from a mail to a confirmation at the speed of a person; a key that is issued, used, left and
 * withdrawn. The portal sends its mails to a mail server of our own (tests/support/mailsink.py).
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { top } from '../browser/portal.mjs';
import { address, expect, go, heading, isSound, walk } from './steps.mjs';

/* What a person needs before each action, by the keystroke-level model (Card, Moran and Newell 1980): to make up
 * the mind 1.35 s, to point 1.1 s, to press 0.2 s; and to see a page one has not seen before, a glance of 1 s. */
const ACTION_S = 1.35 + 1.1 + 0.2;
const GLANCE_S = 1;
const MUST_S = 10;

const folder = mkdtempSync(join(tmpdir(), 'wecare-sink-'));
const sink = spawn('python3', ['-IS', join(top, 'tests/support/mailsink.py'), folder], { stdio: ['pipe', 'pipe', 'inherit'] });
const port = await new Promise((found) => { sink.stdout.once('data', (d) => found(String(d).trim())); });

const decoded = (text) => Buffer.from(text.replace(/=\r\n/g, '')
  .replace(/=([0-9A-F]{2})/g, (_, h) => String.fromCharCode(parseInt(h, 16))), 'latin1').toString('utf8');
let n_opened = 0;

/* The next mail that nobody has opened: what it says, and its address. */
async function nextMail() {
  for (let i = 0; i < 300; i += 1) {
    const names = readdirSync(folder).filter((f) => f.endsWith('.eml')).sort();

    for (; n_opened < names.length; n_opened += 1) {
      const text = decoded(readFileSync(join(folder, names[n_opened]), 'latin1'));
      const link = text.match(/^http:\/\/\S+\/conferma\/\S+$/m)?.[0].trim();

      if (link) {
        n_opened += 1;
        return { text, link };
      }
    }
    await wait(100);
  }
  throw new Error('no mail has come');
}

/* The portal's rounds write to the bodies of the demo; here one answers: two actions, open and confirm. */
async function confirmFromTheMail(page) {
  const mail = await nextMail();

  expect(/Auto-Submitted: auto-generated/.test(mail.text), 'the mail does not say that a program wrote it');
  const began = performance.now();

  await page.goto(mail.link); /* first action: the address in the mail */
  const shown = performance.now();

  await isSound(page);
  expect((await heading(page)).startsWith('È ancora tutto giusto?'), `the page asks ${await heading(page)}`);
  const button = page.locator('main form[method=post] button.btn-primary').first();

  expect(await button.isVisible(), 'the button is not there');
  expect(await button.evaluate((e) => e.getBoundingClientRect().bottom <= window.innerHeight), 'the button is below what one sees at first');
  const pressed = performance.now();

  await go(page, button); /* second action */
  await page.locator('main .alert-success').waitFor();
  const seconds = (shown - began + performance.now() - pressed) / 1000 + 2 * ACTION_S + 2 * GLANCE_S;

  await isSound(page);
  expect(seconds <= MUST_S, `it takes ${seconds.toFixed(1)} s`);
  console.log(`# confirmed from the mail in ${seconds.toFixed(1)} s at the speed of a person, 2 actions`);
}

async function aKeyFromItsIssueToItsEnd(page, { keeper, origin, width, hasScript }) {
  const note = `viaggio ${width} ${hasScript}`;
  const link = keeper('link', 'issue', '--for', 'Regione', '--purpose', 'phone', '--days', '30', '--note', note).trim();

  await page.goto(new URL(new URL(link).pathname, origin).href);
  await isSound(page);
  expect(await page.getByText('Tutta la Regione').isVisible(), 'the page does not say whose key it is');
  await go(page, page.getByRole('button', { name: 'Entra nelle tue liste' }));
  expect(address(page) === '/telefonate', `the key leads to ${address(page)}`);
  await page.goto(`${origin}/chiave`);
  await isSound(page);
  expect(await page.locator('main a[href="/telefonate"]').count() === 1, 'the key is not among those held');
  await go(page, page.getByRole('link', { name: 'Lascia le chiavi su questo dispositivo' }));
  await isSound(page);
  await go(page, page.getByRole('button', { name: 'Lascia le chiavi' }));
  await isSound(page);
  expect(await page.getByText('non ci sono più chiavi').isVisible(), 'the keys are still held');
  const id = keeper('link', 'list').split('\n').find((l) => l.endsWith(note)).split(' ')[0];

  keeper('link', 'revoke', id);
  await page.goto(new URL(new URL(link).pathname, origin).href);
  await isSound(page, 410);
  expect(await heading(page) === 'La chiave è stata ritirata', `the page says ${await heading(page)}`);
  expect(await page.getByRole('link', { name: 'Chiama 011 000 0000' }).first().isVisible(), 'nobody to call');
}

try {
  await walk({
    'confirm from the mail, at the speed of a person': confirmFromTheMail,
    'a key from its issue to its end': aKeyFromItsIssueToItsEnd,
  }, { settings: [`mail.server=127.0.0.1:${port}`, 'mail.from=WeCaRe <posta@welfare.example>', 'phone.number=011 000 0000'] });
} finally {
  sink.stdin.end();
  rmSync(folder, { recursive: true, force: true });
}
