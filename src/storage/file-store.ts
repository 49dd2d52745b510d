/** Files that go with messages: pictures, certificates, calendars, material. Found by the hash of their bytes, so each is kept once. */
import { createHash } from 'node:crypto';
import { mongo, type Connection } from 'mongoose';
import { KawanError } from '../shared/errors.ts';
import { orBusy } from './transient.ts';
import { ofFile } from '../shared/purpose.ts';
import type { Vault } from './vault.ts';

/** WhatsApp takes documents of 100 MB, but a phone in a village does not; and a document of MongoDB holds 16 MB. */
export const FILE_LIMIT = 8 * 1024 * 1024;

export interface StoredFile {
  id: string;
  /** MIME type. */
  type: string;
  name: string;
  bytes: Buffer;
}

interface FileDocument {
  _id: string;
  type: string;
  name: string;
  bytes: mongo.Binary;
  /** The key of the vault, where the bytes are sealed. */
  key?: string;
  savedAt: Date;
}

/** What people send is sealed; what the office made for everybody is not. */
export function createFileStore({ connection, vault }: { connection: Connection; vault: Vault }) {
  const files = connection.collection<FileDocument>('files');
  return {
    /** Its id. @throws KawanError when it is too large. */
    async save({ type, name, bytes }: Omit<StoredFile, 'id'>, { personal }: { personal?: true } = {}): Promise<string> {
      if (bytes.length > FILE_LIMIT)
        throw new KawanError(`"${name}" has ${bytes.length} bytes; a file may have ${FILE_LIMIT}. Make it smaller.`);
      const hash = createHash('sha256').update(type).update(name).update(bytes).digest();
      const named = personal ? createHash('sha256').update(vault.digest(hash)).digest() : hash;
      const id = named.toString('hex').slice(0, 32);
      const sealed = personal && vault.sealBytes(bytes, ofFile(id, type));
      const stored = {
        ...{ type, name, savedAt: new Date() },
        ...(sealed ? { key: sealed.key, bytes: new mongo.Binary(sealed.bytes) } : { bytes: new mongo.Binary(bytes) }),
      };
      await orBusy(() => files.updateOne({ _id: id }, { $setOnInsert: stored }, { upsert: true }));
      return id;
    },
    /** What a person sent goes with their data. */
    async remove(id: string): Promise<void> {
      await orBusy(() => files.deleteOne({ _id: id, key: { $exists: true } }));
    },
    /** Undefined where it is not there, or was sealed with a key that is not at hand. */
    async find(id: string): Promise<StoredFile | undefined> {
      const found = await orBusy(() => files.findOne({ _id: id }));
      if (!found) return undefined;
      const kept = Buffer.from(found.bytes.buffer);
      const bytes =
        found.key === undefined ? kept : vault.openBytes({ key: found.key, bytes: kept }, ofFile(id, found.type));
      return bytes && { id, type: found.type, name: found.name, bytes };
    },
  };
}

export type FileStore = ReturnType<typeof createFileStore>;
