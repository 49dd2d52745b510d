/** What the vault seals only its key opens, and a lost key is told, never made up for. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { masked, maskedText, revealed, sealedMark } from '../shared/sealed-text.ts';
import { loadVaultKey } from './vault-key.ts';
import { createVault, KEY_BYTES } from './vault.ts';

const NIK = '6372025708650001';
const vault = createVault(Buffer.alloc(KEY_BYTES, 1));
const other = createVault(Buffer.alloc(KEY_BYTES, 2));

describe('the vault', () => {
  it('opens what it has sealed, differently each time', () => {
    const [one, two] = [vault.seal(NIK), vault.seal(NIK)];
    expect([vault.open(one), vault.open(two)]).toEqual([NIK, NIK]);
    expect(one).not.toBe(two);
    expect(one).not.toContain(NIK);
  });

  it('opens nothing of another key, and nothing that was changed', () => {
    const sealed = vault.seal(NIK);
    expect(other.open(sealed)).toBeUndefined();
    expect(vault.open(`${sealed.slice(0, -2)}${sealed.endsWith('AA') ? 'BB' : 'AA'}`)).toBeUndefined();
    expect([vault.open(''), vault.open('nonsense'), vault.open(`${vault.keyId}.`)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('seals bytes, and finds equal things by a hash that needs the key', () => {
    const photo = Buffer.from('the bytes of a photo');
    expect(vault.openBytes(vault.sealBytes(photo))).toEqual(photo);
    expect(other.openBytes(vault.sealBytes(photo))).toBeUndefined();
    expect(vault.digest(NIK)).toBe(vault.digest(NIK));
    expect(vault.digest(NIK)).not.toBe(other.digest(NIK));
  });

  it('takes no key of another length', () => {
    expect(() => createVault(Buffer.alloc(16))).toThrow(/32 bytes, not 16/);
  });
});

describe('a number in a text of ours', () => {
  const text = `NIK-nya ${sealedMark('0001', vault.seal(NIK))}, betul?`;
  it('is whole for its owner and masked for everybody else', () => {
    expect(revealed(text, (sealed) => vault.open(sealed))).toBe('NIK-nya 6372 0257 0865 0001, betul?');
    expect(maskedText(text)).toBe(`NIK-nya ${masked('0001')}, betul?`);
    expect(revealed(text, (sealed) => other.open(sealed))).toBe('NIK-nya •••• 0001, betul?');
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
