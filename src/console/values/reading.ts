/** What an officer types as a value, in the way that Indonesians write it. Pure. */
import type { Scalar } from '../../rules/index.ts';
import { withoutEnd } from '../../understanding/index.ts';

export type Kind = 'money' | 'rate' | 'number' | 'text' | 'yesno';

/** Undefined where it is no such value. "6 %" is the rate "0.06"; "10.000.000" is whole rupiah. */
export function readValue(kind: Kind, given: string): Scalar | undefined {
  const plain = given.trim();
  switch (kind) {
    case 'money':
    case 'number': {
      const digits = plain.replace(/^rp\s*/i, '').replace(/[.\s]/g, '');
      return /^\d{1,13}$/.test(digits) ? Number(digits) : undefined;
    }
    case 'rate':
      return rateIn(plain);
    case 'yesno':
      return { ya: true, tidak: false }[plain.toLowerCase()];
    case 'text':
      return plain === '' ? undefined : plain;
  }
}

/** "6 %", "6,5%" or "0,06" as decimal text. Without a sign a number of one and more would be a slip. */
function rateIn(plain: string): string | undefined {
  const found = /^(\d{1,2})(?:[.,](\d{1,4}))?\s*(%)?$/.exec(plain);
  if (!found) return undefined;
  const [, whole = '', part = '', percent] = found;
  if (!percent) return Number(whole) === 0 ? `0.${part || '0'}` : undefined;
  const digits = withoutEnd(`${whole.padStart(2, '0')}${part}`, /0/);
  return digits === '' ? '0.0' : `0.${digits}`;
}

/** The same back, for a field and a table. */
export function showValue(kind: Kind, value: Scalar): string {
  if (kind === 'money' && typeof value === 'number') return `Rp${value.toLocaleString('id-ID')}`;
  if (kind === 'yesno') return value === true ? 'ya' : 'tidak';
  if (kind === 'rate' && typeof value === 'string') return `${percentOf(value)} %`;
  return String(value);
}

/** "0.065" as "6,5", without binary arithmetic. */
function percentOf(rate: string): string {
  const digits = (rate.split('.')[1] ?? '').padEnd(2, '0');
  const part = withoutEnd(digits.slice(2), /0/);
  return `${Number(digits.slice(0, 2))}${part === '' ? '' : `,${part}`}`;
}
