/** What the vault seals only its key opens, and a lost key is told, never made up for. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ofContact, ofFile, ofMessage, ofPerson, ofPhone, type Purpose } from '../shared/purpose.ts';
import { loadVaultKey } from './vault-key.ts';
import { createVault, KEY_BYTES } from './vault.ts';

const NIK = '6372025708650001';
const vault = createVault(Buffer.alloc(KEY_BYTES, 1));
const other = createVault(Buffer.alloc(KEY_BYTES, 2));
const owner = ofPerson('p-1');

describe('the vault', () => {
  it('opens what it has sealed, differently each time', () => {
    const [one, two] = [vault.seal(NIK, owner), vault.seal(NIK, owner)];
    expect([vault.open(one, owner), vault.open(two, owner)]).toEqual([NIK, NIK]);
    expect(one).not.toBe(two);
    expect(one).not.toContain(NIK);
  });

  it('opens nothing of another key, and nothing that was changed', () => {
    const sealed = vault.seal(NIK, owner);
    expect(other.open(sealed, owner)).toBeUndefined();
    expect(vault.open(`${sealed.slice(0, -2)}${sealed.endsWith('AA') ? 'BB' : 'AA'}`, owner)).toBeUndefined();
    for (const nothing of ['', 'nonsense', `${vault.keyId}.`]) expect(vault.open(nothing, owner)).toBeUndefined();
  });

  it('opens for nobody and nothing else than what it was sealed for', () => {
    const purposes: Purpose[] = [
      ...[ofMessage('a'), ofMessage('b'), ofContact('a'), ofContact('b'), ofPerson('a'), ofPerson('b')],
      ...[ofFile('a', 'image/png'), ofFile('a', 'text/html'), ofPhone('a', 'b'), ofPhone('ab', ''), ofPhone('', 'ab')],
    ];
    for (const purpose of purposes) {
      const sealed = vault.seal(NIK, purpose);
      const opens = purposes.filter((another) => vault.open(sealed, another) === NIK);
      expect(opens).toEqual([purpose]);
    }
  });

  it('seals bytes, and finds equal things by a hash that needs the key', () => {
    const photo = Buffer.from('the bytes of a photo');
    const file = ofFile('f', 'image/jpeg');
    expect(vault.openBytes(vault.sealBytes(photo, file), file)).toEqual(photo);
    expect(other.openBytes(vault.sealBytes(photo, file), file)).toBeUndefined();
    expect(vault.digest(NIK)).toBe(vault.digest(NIK));
    expect(vault.digest(NIK)).not.toBe(other.digest(NIK));
  });

  it('takes no key of another length', () => {
    expect(() => createVault(Buffer.alloc(16))).toThrow(/32 bytes, not 16/);
  });
});

describe('the key', () => {
  let folder = '';
  const make = () => (folder = mkdtempSync(join(tmpdir(), 'kawan-vault-')));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const load = (more: object = {}) =>
    loadVaultKey({ DATA_DIR: join(folder, 'data'), VAULT_KEY_FILE: join(folder, 'vault.key'), ...more });

  it('is made once for trying out, readable by its owner only', () => {
    make();
    const key = load();
    expect(load()).toEqual(key);
    expect(statSync(join(folder, 'vault.key')).mode & 0o777).toBe(0o600);
  });

  it('is never made where people are served: a lost one would be replaced unseen', () => {
    make();
    expect(() => load({ NODE_ENV: 'production' })).toThrow(/Put the key back from the backup/);
  });

  it('lies outside the data, and is a key', () => {
    make();
    expect(() => load({ VAULT_KEY_FILE: join(folder, 'data/vault.key') })).toThrow(/lies in the data folder/);
    writeFileSync(join(folder, 'vault.key'), 'too short');
    expect(() => load()).toThrow(/holds no key of 64 hexadecimal digits/);
    expect(readFileSync(join(folder, 'vault.key'), 'utf8')).toBe('too short');
  });

  it('comes from the environment first', () => {
    expect(load({ VAULT_KEY: 'ab'.repeat(32) })).toEqual(Buffer.from('ab'.repeat(32), 'hex'));
  });
});
