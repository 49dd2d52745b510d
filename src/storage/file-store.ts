/** Files that go with messages: pictures, certificates, calendars, material. Found by the hash of their bytes, so each is kept once. */
import { createHash } from 'node:crypto';
import { mongo, type Connection } from 'mongoose';
import { KawanError } from '../shared/errors.ts';
import { orBusy } from './transient.ts';

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
  savedAt: Date;
}

export function createFileStore(connection: Connection) {
  const files = connection.collection<FileDocument>('files');
  return {
    /** Its id. @throws KawanError when it is too large. */
    async save({ type, name, bytes }: Omit<StoredFile, 'id'>): Promise<string> {
      if (bytes.length > FILE_LIMIT)
        throw new KawanError(`"${name}" has ${bytes.length} bytes; a file may have ${FILE_LIMIT}. Make it smaller.`);
      const id = createHash('sha256').update(type).update(name).update(bytes).digest('hex').slice(0, 32);
      const stored = { type, name, bytes: new mongo.Binary(bytes), savedAt: new Date() };
      await orBusy(() => files.updateOne({ _id: id }, { $setOnInsert: stored }, { upsert: true }));
      return id;
    },
    async find(id: string): Promise<StoredFile | undefined> {
      const found = await orBusy(() => files.findOne({ _id: id }));
      return found ? { id, type: found.type, name: found.name, bytes: Buffer.from(found.bytes.buffer) } : undefined;
    },
  };
}

export type FileStore = ReturnType<typeof createFileStore>;
