/** Every way of getting a mongod, and every way in which it can fail. Nothing leaves this machine: the sites are stubs. */
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StartError } from '../../shared/errors.ts';
import { fromDownload } from './download.ts';
import { findProgram, searchProgram, type ProgramOptions } from './program.ts';
import { fromWheel } from './wheel.ts';

let folder: string;
const servers: Server[] = [];
const said: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kawan-program-'));
});
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  for (const key of ['MIRROR', 'USE_HTTP', 'MAX_RETRIES'])
    delete process.env[`MONGOMS_${key === 'MIRROR' ? 'DOWNLOAD_MIRROR' : key}`];
  rmSync(folder, { recursive: true, force: true });
});

const options = (more: Partial<ProgramOptions> = {}): ProgramOptions => ({
  cache: join(folder, 'cache'),
  path: '',
  say: (line) => said.push(line),
  downloadFrom: 'http://127.0.0.1:1',
  wheel: { python: join(folder, 'no-python') },
  ...more,
});

/** A program that says it is a mongod. */
function program(place: string, version = '6.0.5'): string {
  mkdirSync(place, { recursive: true });
  const file = join(place, 'mongod');
  writeFileSync(file, `#!/bin/sh\necho "db version v${version}"\n`);
  chmodSync(file, 0o755);
  return file;
}

async function site(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('a program that is here', () => {
  it('is taken from MONGOD_BIN first, then the PATH, then the cache', async () => {
    const bin = program(join(folder, 'set'), '8.0.1');
    program(join(folder, 'path'), '7.0.2');
    program(join(folder, 'cache', 'earlier'), '6.0.5');
    const path = join(folder, 'path');
    expect((await findProgram(options({ bin, path }))).version).toBe('8.0.1');
    expect((await findProgram(options({ path }))).version).toBe('7.0.2');
    expect((await findProgram(options())).version).toBe('6.0.5');
  });

  it('is refused when MONGOD_BIN names something else, and nothing else is tried', async () => {
    const bin = join(folder, 'readme.txt');
    writeFileSync(bin, 'hello');
    const { found, answers } = await searchProgram(options({ bin }));
    expect(found).toBeUndefined();
    expect(answers).toEqual([{ way: 'MONGOD_BIN', why: `${bin} is not a program that can be run` }]);
    chmodSync(bin, 0o755);
    const [answer] = (await searchProgram(options({ bin }))).answers;
    expect(answer && 'why' in answer && answer.why).toMatch(/did not tell its version|cannot be run here/);
  });

  it('is never a half-fetched one', async () => {
    mkdirSync(join(folder, 'cache', 'mongodb-7.part'), { recursive: true });
    program(join(folder, 'cache', 'mongodb-7.part'));
    expect((await searchProgram(options({ lookOnly: true }))).found).toBeUndefined();
  });
});

describe('the download', () => {
  it('says so when the site does not answer, or answers with a failure', async () => {
    expect(await fromDownload(options())).toMatchObject({
      why: expect.stringContaining('cannot be reached') as string,
    });
    const failing = await site((_, response) => void response.writeHead(500).end());
    expect(await fromDownload(options({ downloadFrom: failing }))).toMatchObject({
      why: 'the download site answers 500',
    });
  });

  it('does not wait long for a site that hangs', async () => {
    const hanging = await site(() => undefined);
    expect(await fromDownload(options({ downloadFrom: hanging }))).toMatchObject({
      why: expect.stringContaining('cannot be reached') as string,
    });
  });

  it('throws away what has a wrong checksum, and leaves nothing in the cache', async () => {
    const mirror = await site(
      (request, response) =>
        void response.end(request.url?.endsWith('.md5') ? 'd41d8cd98f00b204e9800998ecf8427e  file' : 'not an archive'),
    );
    process.env['MONGOMS_DOWNLOAD_MIRROR'] = mirror;
    process.env['MONGOMS_USE_HTTP'] = 'true';
    process.env['MONGOMS_MAX_RETRIES'] = '1';
    const answer = await fromDownload(options({ downloadFrom: mirror }));
    expect(answer).toMatchObject({ why: expect.stringMatching(/md5/i) as string });
    expect(readdirSync(join(folder, 'cache'))).toEqual([]);
    expect(said.join()).toContain('Downloading MongoDB');
  });
});

describe('the wheel', () => {
  /** A Python that "downloads" a wheel of ours. */
  function python(script: string): string {
    const file = join(folder, 'python');
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
    return file;
  }
  function wheel(): { file: string; sha256: string } {
    const bytes = zipSync({ 'x.data/purelib/db/bin/mongod': strToU8('#!/bin/sh\necho "db version v6.0.5"\n') });
    writeFileSync(join(folder, 'x.whl'), bytes);
    return { file: join(folder, 'x.whl'), sha256: createHash('sha256').update(bytes).digest('hex') };
  }
  /** The sixth word after `--dest` is not known; the folder is the one behind it. */
  const copies = (file: string) => `while [ "$1" != "--dest" ]; do shift; done; cp "${file}" "$2"/`;
  const linux = { platform: 'linux x64' };

  it('is unpacked once into the cache and found there at the next start', async () => {
    const { file, sha256 } = wheel();
    const answer = await fromWheel(options({ wheel: { ...linux, python: python(copies(file)), sha256 } }));
    expect(answer).toMatchObject({ version: '6.0.5' });
    expect((await findProgram(options())).way).toContain('cache');
  });

  it('is thrown away when its checksum is wrong', async () => {
    const { file } = wheel();
    const answer = await fromWheel(options({ wheel: { ...linux, python: python(copies(file)), sha256: 'abc' } }));
    expect(answer).toMatchObject({ why: expect.stringContaining('instead of abc; it was thrown away') as string });
    expect(readdirSync(join(folder, 'cache'))).toEqual([]);
  });

  it('says so when there is no Python, no pip, or another platform', async () => {
    expect(await fromWheel(options({ wheel: { ...linux, python: join(folder, 'none') } }))).toMatchObject({
      why: expect.stringContaining('is not on this machine') as string,
    });
    const noPip = python('echo "No module named pip" >&2; exit 1');
    expect(await fromWheel(options({ wheel: { ...linux, python: noPip } }))).toMatchObject({
      why: 'pip could not fetch it (No module named pip)',
    });
    expect(await fromWheel(options({ wheel: { platform: 'darwin arm64' } }))).toMatchObject({
      why: expect.stringContaining('this machine is darwin arm64') as string,
    });
  });
});

it('when no way works, one error says what each answered and what to do', async () => {
  const error = await findProgram(options({ wheel: { platform: 'linux x64', python: join(folder, 'none') } })).catch(
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(StartError);
  const { message } = error as StartError;
  for (const words of [
    'MONGOD_BIN: is not set',
    'PATH: there is none',
    'cannot be reached',
    'is not on this machine',
    'What to do:',
  ])
    expect(message).toContain(words);
});

it('holds the pinned wheel of the design', () => {
  expect(readFileSync('src/storage/embedded/wheel.ts', 'utf8')).toContain(
    'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
  );
});
