/**
 * What a data folder remembers of its server: who runs it, which version wrote it, on which port. It stands beside the
 * database's own files, in `server.json`.
 */
import { readFileSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { StartError } from '../../shared/errors.ts';

const stampSchema = z.strictObject({
  /** Process of the product that started the server last, with the time it started, so that a number used again is not taken for it. */
  owner: z.int(),
  ownerStarted: z.string(),
  /** The server's version, "6.0.5". */
  version: z.string(),
  port: z.int(),
});
export type Stamp = z.infer<typeof stampSchema>;

const fileOf = (folder: string): string => join(folder, 'server.json');

/** Undefined for a new folder. @throws StartError when the file is not what we wrote. */
export async function readStamp(folder: string): Promise<Stamp | undefined> {
  let text: string;
  try {
    text = await readFile(fileOf(folder), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return stampSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new StartError(
      `${fileOf(folder)}: is not readable as the note of a database server. If no other program uses the folder, remove this one file.`,
      {},
      { cause },
    );
  }
}

export async function writeStamp(folder: string, stamp: Stamp): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(`${fileOf(folder)}.new`, JSON.stringify(stamp));
  await rename(`${fileOf(folder)}.new`, fileOf(folder));
}

/**
 * @throws StartError naming both versions when this program cannot read what another wrote: MongoDB reads its own
 * version's files and those of the major version before.
 */
export function refuseOtherVersion(folder: string, stamp: Stamp | undefined, version: string): void {
  if (!stamp) return;
  const [wrote, reads] = [majorOf(stamp.version), majorOf(version)];
  if (reads === wrote || reads === wrote + 1) return;
  throw new StartError(
    `${folder}: was written by MongoDB ${stamp.version}, but the program found here is MongoDB ${version}, which cannot read it. ` +
      `Nothing was changed. Set MONGOD_BIN to a mongod of version ${wrote}${reads < wrote ? '' : ` or ${wrote + 1}`}, or choose another DATA_DIR.`,
  );
}

/** @throws StartError: the members of the replica set are known by their port. */
export function refuseOtherPort(folder: string, stamp: Stamp | undefined, port: number): void {
  if (stamp && stamp.port !== port)
    throw new StartError(
      `${folder}: was made with MONGOD_PORT=${stamp.port}, and now ${port} is set. Set MONGOD_PORT=${stamp.port} again, or choose another DATA_DIR.`,
    );
}

const majorOf = (version: string): number => Number(version.split('.')[0]);

/** When a process started, as far as the system tells; empty elsewhere than on Linux. */
export function startOf(pid: number): string {
  try {
    // The 22nd field of /proc/<pid>/stat; the second one, in brackets, may hold spaces.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? '';
  } catch {
    // No such process, or no such file on this system.
    return '';
  }
}
