/** The mongod that mongodb-memory-server downloads, checked by its own checksum. */
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { MongoBinary } from 'mongodb-memory-server';
import { messageOf } from '../../shared/errors.ts';
import { firstLine, programName, proved } from './local.ts';
import type { Answer, ProgramOptions } from './program.ts';

/** Reads what the wheel's 6.0 wrote, and runs on every system that the library knows. */
export const DOWNLOAD_VERSION = '7.0.24';

/** MongoDB's own download site. */
const SITE = 'https://fastdl.mongodb.org';

/** A site that does not answer within this many milliseconds is not waited for. */
const ANSWER_WITHIN = 5_000;

export async function fromDownload({ cache, say, downloadFrom = SITE }: ProgramOptions): Promise<Answer> {
  const way = `download of MongoDB ${DOWNLOAD_VERSION}`;
  const silent = await whySilent(downloadFrom);
  if (silent !== undefined) return { way, why: silent };
  const part = join(cache, `mongodb-${DOWNLOAD_VERSION}.part`);
  try {
    await mkdir(part, { recursive: true });
    say(`Downloading MongoDB ${DOWNLOAD_VERSION}, about 80 MB, once. This takes a minute or two …`);
    const program = await MongoBinary.getPath({ version: DOWNLOAD_VERSION, downloadDir: part, checkMD5: true });
    const home = join(cache, `mongodb-${DOWNLOAD_VERSION}`);
    await mkdir(home, { recursive: true });
    // Moved when it is whole, so that a half of it is never taken for a program.
    await rename(program, join(home, programName));
    return await proved(way, join(home, programName));
  } catch (error) {
    return { way, why: firstLine(messageOf(error)) };
  } finally {
    await rm(part, { recursive: true, force: true });
  }
}

async function whySilent(site: string): Promise<string | undefined> {
  try {
    const { status } = await fetch(site, { method: 'HEAD', signal: AbortSignal.timeout(ANSWER_WITHIN) });
    return status >= 500 ? `the download site answers ${status}` : undefined;
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    return `the download site cannot be reached (${firstLine(messageOf(cause))})`;
  }
}
