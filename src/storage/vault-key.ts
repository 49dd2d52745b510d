/**
 * Where the vault's key comes from: the environment, or a file outside the data folder. A copy of the database without it
 * is worthless to a thief, and to the office, too: the key belongs into the backup, in another place than the data.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import type { Connection } from 'mongoose';
import type { Config } from '../config.ts';
import { StartError } from '../shared/errors.ts';
import { orBusy } from './transient.ts';
import { KEY_BYTES, type Vault } from './vault.ts';

type Settings = Pick<Config, 'DATA_DIR' | 'VAULT_KEY_FILE'> & Partial<Pick<Config, 'VAULT_KEY' | 'NODE_ENV'>>;

/**
 * The key of the environment, else of the file. For trying out, a file that is not there is made; where people are served
 * it must be there, so that a lost key is never replaced unseen.
 * @throws StartError naming the file and what to do.
 */
export function loadVaultKey({ VAULT_KEY, VAULT_KEY_FILE: file, DATA_DIR, NODE_ENV }: Settings): Buffer {
  if (VAULT_KEY !== undefined) return Buffer.from(VAULT_KEY, 'hex');
  if (`${resolve(file)}${sep}`.startsWith(`${resolve(DATA_DIR)}${sep}`))
    throw new StartError(
      `VAULT_KEY_FILE: ${file} lies in the data folder ${DATA_DIR}; who takes the data would have the key. Name a file elsewhere.`,
    );
  if (!existsSync(file)) {
    if (NODE_ENV === 'production')
      throw new StartError(
        `VAULT_KEY_FILE: ${file} is not there. Put the key back from the backup; only for a new installation make one: openssl rand -hex 32 > ${file}`,
      );
    make(file);
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
  if (key.length !== KEY_BYTES)
    throw new StartError(
      `VAULT_KEY_FILE: ${file} holds no key of ${KEY_BYTES * 2} hexadecimal digits. Put it back from the backup.`,
    );
  return key;
}

/** Two processes that start at once make one file. */
function make(file: string): void {
  try {
    writeFileSync(file, `${randomBytes(KEY_BYTES).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST')
      throw new StartError(
        `VAULT_KEY_FILE: ${file} cannot be written. Name a file that this program may write.`,
        {},
        { cause },
      );
  }
}

/** `other`: things are stored that were sealed with another key; they cannot be read until that is put back. */
export interface VaultState {
  keyId: string;
  other: readonly string[];
}

/** Notes that this key is in use, and tells which others were before. Asked at each start. */
export async function noteVaultKey(connection: Connection, { keyId }: Vault, now: Date): Promise<VaultState> {
  const keys = connection.collection<{ _id: string; since: Date }>('vault_keys');
  await orBusy(() => keys.updateOne({ _id: keyId }, { $setOnInsert: { since: now } }, { upsert: true }));
  const known = await orBusy(() =>
    keys
      .find({ _id: { $gt: '' } })
      .limit(50)
      .toArray(),
  );
  return { keyId, other: known.map(({ _id }) => _id).filter((id) => id !== keyId) };
}
