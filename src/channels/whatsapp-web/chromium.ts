/** The browser: where its program is, how it is started, and what a crash may have left of an earlier one. */
import { accessSync, constants } from 'node:fs';
import { readdir, readFile, readlink, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { delimiter, join } from 'node:path';
import { KawanError } from '../../shared/errors.ts';
import { until } from '../../shared/limit.ts';
import { isAlive } from '../../shared/process.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The links by which Chromium marks a profile as used. A crash leaves them behind. */
const locks = ['SingletonLock', 'SingletonCookie', 'SingletonSocket'];

/** A browser that is told to end must be gone within this many milliseconds. */
const GONE_WITHIN = 5_000;

/** Stands in the command line of each browser of ours with the process that started it, so that no other is taken for one. */
const MARK = '--kawan-pengrajin=';

/** The browser's program, or undefined when there is none. */
export function findChromium({
  CHROMIUM_BIN,
  PATH,
}: {
  CHROMIUM_BIN?: string | undefined;
  PATH: string;
}): string | undefined {
  const places = PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return (CHROMIUM_BIN === undefined ? places : [CHROMIUM_BIN]).find(isProgram);
}

function isProgram(place: string): boolean {
  try {
    accessSync(place, constants.X_OK);
    return true;
  } catch {
    // Not there, or not to be run.
    return false;
  }
}

/** What to say when there is no browser. */
export const noChromium =
  'No Chromium was found, which WhatsApp Web needs. Install one (for example: apt install chromium), or set CHROMIUM_BIN to its program.';

/** How the browser is started (reference: puppeteer 24, Chromium 147). `more` comes from tests. */
export function launchArguments(more: readonly string[] = []): string[] {
  return [
    `${MARK}${process.pid}`,
    '--disable-dev-shm-usage',
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    // Root has no sandbox in a container; everyone else keeps it.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ...more,
  ];
}

/**
 * Makes a profile free that a crash left marked as used: browsers of ours whose product died are ended, and links that name
 * another host or a dead process are removed.
 * @throws KawanError when the profile is really used.
 */
export async function freeProfile(profile: string): Promise<void> {
  for (const pid of await leftOvers(profile)) {
    process.kill(pid, 'SIGKILL');
    await until(() => !isAlive(pid), GONE_WITHIN, `ending the browser that was left over (process ${pid})`);
  }
  const holder = await holderOf(profile);
  if (holder === undefined) return;
  if (holder.host === hostname() && isAlive(holder.pid))
    throw new KawanError(
      `${profile}: is used by another browser (process ${holder.pid}). End that one first, or give this product another DATA_DIR.`,
    );
  await Promise.all(locks.map((name) => rm(join(profile, name), { force: true })));
}

/** Whom the profile's lock names: a link to "host-pid". */
async function holderOf(profile: string): Promise<{ host: string; pid: number } | undefined> {
  try {
    const [, host = '', pid = ''] = /^(.*)-(\d+)$/.exec(await readlink(join(profile, 'SingletonLock'))) ?? [];
    return { host, pid: Number(pid) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Browsers of ours on this profile whose product has died: their command line names another process than their parent, since
 * the system gave them a new one. Where the system does not tell (elsewhere than on Linux) none is found.
 */
async function leftOvers(profile: string): Promise<number[]> {
  const all = await readdir('/proc').catch(() => []);
  const found: number[] = [];
  for (const pid of all.filter((name) => /^\d+$/.test(name))) {
    const line = await read(`/proc/${pid}/cmdline`);
    if (!line.includes(profile)) continue;
    const owner = new RegExp(`${MARK}(\\d+)`).exec(line)?.[1];
    const parent = /^PPid:\s*(\d+)/m.exec(await read(`/proc/${pid}/status`))?.[1];
    if (owner !== undefined && parent !== undefined && owner !== parent) found.push(Number(pid));
  }
  return found;
}

/** Empty where the system does not tell it, or the process ended in this moment. */
const read = (file: string): Promise<string> => readFile(file, 'utf8').catch(() => '');
