/** Files that people send: fetched within limits, typed by their first bytes, stored by their content. */
import { fileTypeFromBuffer } from 'file-type';
import type { Client } from 'whatsapp-web.js';
import { KawanError, messageOf } from '../../shared/errors.ts';
import { within } from '../../shared/limit.ts';
import type { Log } from '../../shared/log.ts';
import type { FileStore } from '../../storage/file-store.ts';
import { download } from './library.ts';
import type { WhatsAppSettings } from './settings.ts';
import type { Personal, RawMessage } from './translate.ts';

/** Where a fetched file is kept, and what it is. */
export interface FetchedMedia {
  id: string;
  type: string;
}

/** WhatsApp may still be fetching it itself: so often it is tried, with growing pauses. */
const TRIES = 3;

/** The first pause between two tries, in milliseconds. */
const PAUSE = 300;

export interface MediaParts {
  files: FileStore;
  settings: WhatsAppSettings['media'];
  log: Log;
}

/** Undefined when it cannot be had: too large, gone, or too slow. The person is asked to send it again. */
export async function fetchMedia(
  client: Client,
  { key, raw }: Personal,
  { files, settings, log }: MediaParts,
): Promise<FetchedMedia | undefined> {
  const most = settings.megabytes * 1_000_000;
  if ((raw.size ?? 0) > most) {
    log.info({ bytes: raw.size }, 'a file is larger than the limit and was not fetched');
    return undefined;
  }
  try {
    const bytes = await within(tryToDownload(client, raw, key.written), settings.seconds * 1_000, 'fetching a file');
    if (!bytes || bytes.length > most) return undefined;
    // What the sender says of it is not believed.
    const type = (await fileTypeFromBuffer(bytes))?.mime ?? 'application/octet-stream';
    return { id: await files.save({ type, name: 'kiriman', bytes }, { personal: true }), type };
  } catch (error) {
    log.warn({ why: messageOf(error) }, 'a file could not be fetched');
    return undefined;
  }
}

async function tryToDownload(client: Client, raw: RawMessage, written: string): Promise<Buffer | undefined> {
  let failure: unknown;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    if (attempt > 0) await new Promise((wake) => setTimeout(wake, PAUSE * 3 ** (attempt - 1)));
    failure = undefined;
    try {
      const bytes = await download(client, raw, written);
      if (bytes) return bytes;
    } catch (error) {
      failure = error;
    }
  }
  if (failure === undefined) return undefined;
  throw new KawanError(messageOf(failure), {}, { cause: failure });
}
