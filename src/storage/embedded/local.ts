/** Programs that are on this machine already: named by MONGOD_BIN, on the PATH, or fetched by an earlier start. */
import { access, constants, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { messageOf } from '../../shared/errors.ts';
import type { Answer } from './program.ts';

/** The name under which a fetched program stands in the cache. */
export const programName = process.platform === 'win32' ? 'mongod.exe' : 'mongod';

/** A program must tell its version within this many milliseconds. */
const VERSION_WITHIN = 20_000;

export async function fromSetting(bin: string | undefined): Promise<Answer> {
  const way = 'MONGOD_BIN';
  return bin === undefined ? { way, why: 'is not set' } : proved(way, resolve(bin));
}

export async function fromPath(folders: readonly string[]): Promise<Answer> {
  const way = 'mongod on the PATH';
  for (const folder of folders)
    if (folder !== '' && (await isProgram(join(folder, programName)))) return proved(way, join(folder, programName));
  return { way, why: 'there is none' };
}

/** Each fetched program has a folder of its own in the cache. */
export async function fromCache(cache: string): Promise<Answer> {
  const way = `mongod in ${cache}`;
  for (const folder of await foldersOf(cache)) {
    const answer = await proved(way, resolve(cache, folder, programName));
    if ('program' in answer) return answer;
  }
  return { way, why: 'there is none' };
}

/** The program with its version, or why it is none. */
export async function proved(way: string, program: string): Promise<Answer> {
  if (!(await isProgram(program))) return { way, why: `${program} is not a program that can be run` };
  try {
    const { stdout } = await execa(program, ['--version'], { timeout: VERSION_WITHIN });
    const version = /db version v(\d+\.\d+\.\d+)/.exec(stdout)?.[1];
    return version === undefined
      ? { way, why: `${program} is not a mongod: it did not tell its version` }
      : { way, program, version };
  } catch (error) {
    return { way, why: `${program} cannot be run here (${firstLine(messageOf(error))})` };
  }
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    // Not there, or not ours to run: both mean that it is not to be had.
    return false;
  }
}

async function foldersOf(cache: string): Promise<string[]> {
  try {
    const entries = await readdir(cache, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory() && !entry.name.endsWith('.part'))
      .map((entry) => entry.name)
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

export const firstLine = (text: string): string => text.split('\n')[0] ?? text;
