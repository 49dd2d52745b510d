/** The vault of tests: the same in every process, so that one reads what another has sealed. */
import { createVault, KEY_BYTES } from '../../src/storage/vault.ts';

export const testVault = createVault(Buffer.alloc(KEY_BYTES, 7));
