/** The connection to MongoDB: a server of one's own, or the embedded one. Always a replica set. */
import mongoose, { type Connection } from 'mongoose';
import type { Config } from '../config.ts';
import { messageOf, StartError } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';
import { loadVaultKey } from './vault-key.ts';
import { createVault, type Vault } from './vault.ts';
import { runningServer, startEmbedded } from './embedded/server.ts';
import type { ProgramOptions } from './embedded/program.ts';

export interface Database {
  connection: Connection;
  uri: string;
  embedded: boolean;
  /** What nobody may read who only has the database. */
  vault: Vault;
  /** The server's version, "6.0.5". */
  serverVersion: string;
  /** Resolves when the embedded server has died; never for a server of one's own, which comes back by itself. */
  lost: Promise<void>;
  close(): Promise<void>;
}

type Settings = Pick<
  Config,
  'PATH' | 'MONGODB_URI' | 'MONGOD_BIN' | 'MONGOD_PORT' | 'MONGOD_CACHE_DIR' | 'DATA_DIR' | 'VAULT_KEY_FILE'
> &
  Partial<Pick<Config, 'VAULT_KEY' | 'NODE_ENV'>>;

/** The oldest server that the driver of mongoose 9 speaks with. */
const OLDEST = 4.2;

/**
 * @param beside for a command that runs beside the product: the embedded server of a running one is used, too
 * @throws StartError naming the way, folder, port or server, and what to do.
 */
export async function connectDatabase(
  config: Settings,
  log: Log,
  { beside, ...options }: { monitorCommands?: boolean; beside?: boolean } = {},
): Promise<Database> {
  const vault = createVault(loadVaultKey(config));
  const known = config.MONGODB_URI ?? (beside ? await runningServer(config.DATA_DIR) : undefined);
  const server = known === undefined ? await startEmbedded(embeddedOptions(config, log)) : undefined;
  const uri = known ?? server?.uri ?? '';
  try {
    const connection = await open(uri, options);
    const serverVersion = await checkServer(connection);
    log.info({ embedded: server !== undefined, version: serverVersion }, 'the database is ready');
    return {
      connection,
      vault,
      uri,
      embedded: server !== undefined,
      serverVersion,
      lost: server?.lost ?? new Promise(() => undefined),
      async close() {
        await connection.close();
        await server?.stop();
      },
    };
  } catch (error) {
    await server?.stop();
    throw error;
  }
}

/** How a program for the embedded server is looked for, with progress told on standard error. */
export function programOptions(config: Settings, say: (line: string) => void): ProgramOptions {
  return { bin: config.MONGOD_BIN, cache: config.MONGOD_CACHE_DIR, path: config.PATH, say };
}

function embeddedOptions(config: Settings, log: Log) {
  const say = (line: string) => {
    process.stderr.write(`${line}\n`);
    log.debug(line);
  };
  return { ...programOptions(config, say), folder: config.DATA_DIR, port: config.MONGOD_PORT };
}

/** @throws StartError when nobody answers. */
export async function open(uri: string, options: { monitorCommands?: boolean } = {}): Promise<Connection> {
  try {
    return await mongoose
      .createConnection(uri, {
        bufferCommands: false,
        autoIndex: false,
        autoCreate: false,
        serverSelectionTimeoutMS: 2_500,
        connectTimeoutMS: 5_000,
        socketTimeoutMS: 30_000,
        maxPoolSize: 20,
        // What is acknowledged to the outside must survive the loss of a server: written to the journal of a majority.
        writeConcern: { w: 'majority', journal: true },
        ...options,
      })
      .asPromise();
  } catch (cause) {
    throw new StartError(
      `The database at ${withoutPassword(uri)} does not answer (${messageOf(cause)}). Is the server running, and is MONGODB_URI right?`,
      {},
      { cause },
    );
  }
}

/** @throws StartError for a server that is too old or stands alone. */
async function checkServer(connection: Connection): Promise<string> {
  const { version } = (await connection.db?.admin().serverInfo()) as { version: string };
  const refuse = async (why: string): Promise<never> => {
    await connection.close();
    throw new StartError(why);
  };
  if (Number.parseFloat(version) < OLDEST)
    return refuse(`The database server is MongoDB ${version}; at least ${OLDEST} is needed. Update the server.`);
  const hello = (await connection.db?.admin().command({ hello: 1 })) as { setName?: string; msg?: string };
  if (hello.setName === undefined && hello.msg !== 'isdbgrid')
    return refuse(
      'The database server stands alone; a replica set is needed (one node is enough). Start mongod with --replSet, and run rs.initiate() once.',
    );
  return version;
}

export const withoutPassword = (uri: string): string => uri.replace(/\/\/[^@/]*@/, '//…@');
