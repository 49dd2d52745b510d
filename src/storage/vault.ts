/**
 * The vault: what nobody may read who only has the database. AES-256-GCM with a key that is kept elsewhere; each sealed
 * thing names its key, so that another key is a clear state and not garbage, and opens only for what it was sealed for.
 * Equal things are found by a keyed hash.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

import type { Purpose } from '../shared/purpose.ts';

/** Length of the key, in bytes. */
export const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Sealed bytes as they are stored beside other fields. */
export interface SealedBytes {
  key: string;
  bytes: Buffer;
}

export interface Vault {
  /** Names the key without telling it: eight letters. */
  readonly keyId: string;
  /** Text sealed to one word of letters, digits, "-", "_" and "."; another one each time. */
  seal(text: string, purpose: Purpose): string;
  /** Undefined where it was sealed with another key or for another purpose, or is not what was sealed. */
  open(sealed: string, purpose: Purpose): string | undefined;
  sealBytes(bytes: Buffer, purpose: Purpose): SealedBytes;
  openBytes(sealed: SealedBytes, purpose: Purpose): Buffer | undefined;
  /** The same for the same text and key, and nothing that can be tried out without the key. */
  digest(text: string | Buffer): string;
}

/** @param secret exactly 32 bytes */
export function createVault(secret: Buffer): Vault {
  if (secret.length !== KEY_BYTES)
    throw new RangeError(`A key of the vault has ${KEY_BYTES} bytes, not ${secret.length}`);
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, 'kawan-pengrajin', purpose, KEY_BYTES));
  const sealing = derive('seal');
  const hashing = derive('digest');
  const keyId = derive('name').toString('hex').slice(0, 8);

  function sealBytes(bytes: Buffer, purpose: Purpose): SealedBytes {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', sealing, iv);
    cipher.setAAD(inBytes(purpose));
    const data = Buffer.concat([cipher.update(bytes), cipher.final()]);
    return { key: keyId, bytes: Buffer.concat([iv, cipher.getAuthTag(), data]) };
  }

  function openBytes({ key, bytes }: SealedBytes, purpose: Purpose): Buffer | undefined {
    if (key !== keyId || bytes.length < IV_BYTES + TAG_BYTES) return undefined;
    const decipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(0, IV_BYTES));
    decipher.setAAD(inBytes(purpose));
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    try {
      return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
    } catch {
      // The tag does not fit: somebody changed it, or put it in the place of another. It is as good as lost.
      return undefined;
    }
  }

  return {
    keyId,
    sealBytes,
    openBytes,
    seal(text, purpose) {
      const { key, bytes } = sealBytes(Buffer.from(text, 'utf8'), purpose);
      return `${key}.${bytes.toString('base64url')}`;
    },
    open(sealed, purpose) {
      const [key = '', data = ''] = sealed.split('.');
      return openBytes({ key, bytes: Buffer.from(data, 'base64url') }, purpose)?.toString('utf8');
    },
    digest: (text) => createHmac('sha256', hashing).update(text).digest('base64url'),
  };
}

/** Names that no other names run together to. */
const inBytes = (purpose: Purpose): Buffer => Buffer.from(JSON.stringify(purpose), 'utf8');
