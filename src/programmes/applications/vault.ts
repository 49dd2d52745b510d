/** The vault as this programme needs it. */
import type { Purpose } from '../../shared/purpose.ts';

export interface Vault {
  open(sealed: string, purpose: Purpose): string | undefined;
  seal(text: string, purpose: Purpose): string;
  digest(text: string): string;
}
