/** What all that plays with the stub shares: invented persons, quick settings, and ways to hurt a browser. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Timing } from '../../src/channels/whatsapp-web/machine.ts';
import type { WhatsAppSettings } from '../../src/channels/whatsapp-web/settings.ts';
import { loadWhatsAppSettings } from '../../src/make-channels.ts';

/** Invented persons. */
export const ANA = '15550100001@c.us';
export const ANA_LID = '900000000000001@lid';
export const BEN = '15550100002@c.us';
export const CAI_LID = '900000000000003@lid';

/** As fast as a test wants it; the order of the spans is that of the real ones. */
export const quick: Timing = {
  start: 20_000,
  ready: 4_000,
  pairing: 3_000,
  probeEvery: 300,
  probe: 5_000,
  rest: 100,
  longestRest: 400,
  steady: 1_000,
  conflict: 200,
  send: 1_500,
  ack: 2_500,
  settle: 80,
  missedEvery: 600,
  unreadable: 700,
};

const shipped = loadWhatsAppSettings('flows');

/** The shipped settings without the pauses of a person. */
export const hasty: WhatsAppSettings = {
  ...shipped,
  pace: { typing: { perLetter: 0, least: 0, most: 0 }, gap: { least: 0, most: 0 } },
};

/** The process of the browser on a folder. */
export function browserOf(folder: string): number | undefined {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      if (line.includes(`--user-data-dir=${folder}`) && !line.includes('--type=')) return Number(pid);
    } catch (error) {
      // It ended in this moment.
      if (!/ENOENT|ESRCH/.test(String(error))) throw error;
    }
  }
  return undefined;
}

/** Crashes the page, as a lack of memory does; the browser lives on. */
export async function crashPage(folder: string): Promise<void> {
  const [port] = readFileSync(join(folder, 'whatsapp', 'session', 'DevToolsActivePort'), 'utf8').split('\n');
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  const page = browser.contexts()[0]?.pages()[0];
  if (!page) throw new Error('There is no page to crash');
  const session = await browser.contexts()[0]?.newCDPSession(page);
  // The page cannot answer any more.
  session?.send('Page.crash').catch(() => undefined);
  await page.waitForEvent('crash');
  await browser.close();
}
