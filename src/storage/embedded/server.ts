/**
 * The embedded server: a one-node replica set on 127.0.0.1 that keeps its data in a folder.
 *
 * The known trap: after `kill -9` of the product its mongod lives on for some seconds, until the library's watcher finds
 * its parent gone and kills it. A server that is about to be killed must not be adopted, and a second one on the same
 * folder throws inside the library. So a server left over is stopped by us in good order and waited for; then we start
 * our own. A server whose product still lives is not ours to touch.
 */
import { mkdir, readFile } from 'node:fs/promises';
import { connect as connectSocket, createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { MongoMemoryReplSet } from 'mongodb-memory-server';
// What the package does not export itself stands in its inner half, which comes with it.
import { MongoInstanceEvents } from 'mongodb-memory-server-core/lib/util/MongoInstance.js';
import { resetPortsCache } from 'mongodb-memory-server-core/lib/util/getport/index.js';
import { StartError } from '../../shared/errors.ts';
import { isAlive } from '../../shared/process.ts';
import { readStamp, refuseOtherPort, refuseOtherVersion, startOf, writeStamp } from './owner.ts';
import { findProgram, type Found, type ProgramOptions } from './program.ts';

export interface EmbeddedOptions extends ProgramOptions {
  /** The database's files stand in `database` below it. */
  folder: string;
  port: number;
}

export interface EmbeddedServer {
  uri: string;
  /** Resolves when the server ends without having been stopped. */
  lost: Promise<void>;
  stop(): Promise<void>;
}

/** A server left over by a killed product must be gone within this many milliseconds. */
const GONE_WITHIN = 20_000;

/** A port that nobody answers on must be free within this many milliseconds. */
const FREE_WITHIN = 5_000;

/** How long a shutting-down server waits for clients that finish, in milliseconds; its default of 15 s breaks our bound. */
const QUIESCE = 200;

/** @throws StartError naming folder, port, versions or processes, and what to do; nothing was changed then. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { port, say } = options;
  const folder = resolve(options.folder);
  const stamp = await readStamp(folder);
  refuseOtherPort(folder, stamp, port);
  const program = await findProgram(options);
  refuseOtherVersion(folder, stamp, program.version);
  if (stamp && stamp.owner !== process.pid && isAlive(stamp.owner) && startOf(stamp.owner) === stamp.ownerStarted)
    throw new StartError(
      `${folder}: is in use by another Kawan Pengrajin (process ${stamp.owner}). Stop that one first, or give this one a DATA_DIR, MONGOD_PORT and PORT of its own.`,
    );
  const data = join(folder, 'database');
  await clearLeftOver(data, say);
  await untilFree(port);
  await writeStamp(folder, { owner: process.pid, ownerStarted: startOf(process.pid), version: program.version, port });
  const set = await launch(program, data, port);
  let stopping = false;
  const lost = new Promise<void>((resolve) => {
    const instance = set.servers[0]?.instanceInfo?.instance;
    instance?.once(MongoInstanceEvents.instanceClosed, () => stopping || resolve());
  });
  return {
    uri: set.getUri('kawan'),
    lost,
    async stop() {
      stopping = true;
      await set.stop({ doCleanup: false });
    },
  };
}

/**
 * The embedded server of a product that is running on this folder, for commands beside it; undefined when none is.
 * @throws StartError when the folder's note cannot be read.
 */
export async function runningServer(folder: string): Promise<string | undefined> {
  const stamp = await readStamp(resolve(folder));
  const runs = stamp && isAlive(stamp.owner) && startOf(stamp.owner) === stamp.ownerStarted;
  return runs && (await answers(stamp.port))
    ? `mongodb://127.0.0.1:${stamp.port}/kawan?directConnection=true`
    : undefined;
}

async function launch(program: Found, data: string, port: number): Promise<MongoMemoryReplSet> {
  await mkdir(data, { recursive: true });
  // The library remembers the ports it gave in this process and would take another one; the set's members go by port.
  resetPortsCache();
  return MongoMemoryReplSet.create({
    binary: { systemBinary: program.program, version: program.version },
    replSet: { name: 'kawan', count: 1, storageEngine: 'wiredTiger', ip: '127.0.0.1' },
    instanceOpts: [
      {
        port,
        dbPath: data,
        storageEngine: 'wiredTiger',
        args: [
          '--setParameter',
          `shutdownTimeoutMillisForSignaledShutdown=${QUIESCE}`,
          '--wiredTigerCacheSizeGB',
          '0.5',
        ],
        launchTimeout: 60_000,
      },
    ],
  });
}

/** Stops a server that outlived its product, and waits until it is gone. */
async function clearLeftOver(data: string, say: (line: string) => void): Promise<void> {
  const pid = await serverOf(data);
  if (pid === undefined) return;
  say(`A database server of an earlier run (process ${pid}) is still there; waiting for it to end …`);
  const deadline = Date.now() + GONE_WITHIN;
  process.kill(pid, 'SIGTERM');
  while (await isServerOf(pid, data)) {
    if (Date.now() > deadline)
      throw new StartError(
        `The database server of an earlier run (process ${pid}) does not end. End it by hand (kill ${pid}) and start again.`,
      );
    await new Promise((wake) => setTimeout(wake, 50));
  }
}

/** The process that the folder's lock file names, if it lives and serves this folder. */
async function serverOf(data: string): Promise<number | undefined> {
  let pid: number;
  try {
    pid = Number((await readFile(join(data, 'mongod.lock'), 'utf8')).trim());
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return pid > 0 && (await isServerOf(pid, data)) ? pid : undefined;
}

/** A number may be used again by another program, so the command line must name the folder, where the system tells it. */
async function isServerOf(pid: number, data: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  try {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).includes(data);
  } catch {
    // It ended in this moment, or the system has no such file; then being alive is all that is known.
    return process.platform !== 'linux' && isAlive(pid);
  }
}

/**
 * A server that ends is seen to be gone (by us, or already when we looked) a moment before the system closes its port; so
 * a port in use is another program's only when it stays in use. @throws StartError then.
 */
async function untilFree(port: number): Promise<void> {
  const deadline = Date.now() + FREE_WITHIN;
  while (!(await canListen(port))) {
    if (Date.now() > deadline)
      throw new StartError(
        `Port ${port} on 127.0.0.1 is used by another program, so the database cannot start. Choose another one with MONGOD_PORT=…`,
      );
    await new Promise((wake) => setTimeout(wake, 50));
  }
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** Whether somebody listens on a port of this machine. */
export function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectSocket({ host: '127.0.0.1', port });
    const end = (open: boolean) => () => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', end(true));
    socket.once('error', end(false));
  });
}
