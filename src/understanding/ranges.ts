/** Lists whose options are ranges ("Sampai 10 juta", "5 sampai 19 orang"): an amount names the range that holds it. */
import { splitWords, fold } from './normalise.ts';
import { numbersIn } from './numbers.ts';
import type { Option } from './reading.ts';

interface Range {
  id: string;
  /** Bounds that belong to the range. */
  from: number;
  to: number;
  unit: Unit;
}
type Unit = 'rupiah' | 'orang' | 'tahun' | 'bulan';

/** What is counted, by the word behind the number, and how much one of it is. */
const units: Readonly<Record<string, readonly [Unit, number]>> = {
  juta: ['rupiah', 1_000_000],
  jt: ['rupiah', 1_000_000],
  ribu: ['rupiah', 1_000],
  rb: ['rupiah', 1_000],
  orang: ['orang', 1],
  urang: ['orang', 1],
  org: ['orang', 1],
  tahun: ['tahun', 1],
  thn: ['tahun', 1],
  bulan: ['bulan', 1],
  bln: ['bulan', 1],
};

const known = new WeakMap<readonly Option[], readonly Range[] | null>();

/** The ranges of a list; null when its options are not all ranges of one unit. */
function rangesOf(options: readonly Option[]): readonly Range[] | null {
  const before = known.get(options);
  if (before !== undefined) return before;
  const ranges = options.flatMap(({ id, words }) => rangeOf(id, words[0] ?? '') ?? []);
  const whole =
    ranges.length === options.length && ranges.length > 1 && new Set(ranges.map(({ unit }) => unit)).size === 1;
  known.set(options, whole ? ranges : null);
  return whole ? ranges : null;
}

function rangeOf(id: string, label: string): Range | undefined {
  const words = splitWords(fold(label).replace(/(\d)\.(?=\d{3}\b)/gu, '$1'));
  const unit = words.map((word) => units[word]).find((found) => found !== undefined);
  const [first, second] = numbersIn(words).map(({ value }) => value);
  if (!unit || first === undefined) return undefined;
  const [name, size] = unit;
  const text = words.join(' ');
  const above = /\b(di atas|lebih dari|labih pada)\b/u.test(text) ? 1 : 0;
  if (second !== undefined) return { id, from: first * size + above, to: second * size, unit: name };
  if (above > 0 || /\b(atau lebih|ke atas)\b/u.test(text))
    return { id, from: first * size + above, to: Infinity, unit: name };
  if (/\b(kurang dari|di bawah)\b/u.test(text)) return { id, from: 0, to: first * size - 1, unit: name };
  return /\b(sampai|maksimal|paling banyak)\b/u.test(text) ? { id, from: 0, to: first * size, unit: name } : undefined;
}

/**
 * The option whose range holds the one amount that is said. A small bare number may be a place in the list, so an amount
 * needs its unit; people are counted without one where the number is no place.
 */
export function rangeIn(folded: string, options: readonly Option[]): string | undefined {
  const ranges = rangesOf(options);
  const [sample] = ranges ?? [];
  if (!ranges || !sample) return undefined;
  const words = splitWords(folded.replace(/(\d)(jt|juta|rb|ribu|org|orang|urang|thn|tahun)\b/gu, '$1 $2'));
  const amounts = numbersIn(words).flatMap(({ value, from, length }) => {
    const unit = units[words[from + length] ?? ''];
    if (unit) return unit[0] === sample.unit ? value * unit[1] : [];
    // "saurangan" and "sapuluh" count people by themselves.
    const place = value <= options.length && /^\d+$/.test(words[from] ?? '');
    return sample.unit === 'orang' && !place ? value : [];
  });
  const [amount] = new Set(amounts);
  if (amount === undefined || new Set(amounts).size > 1) return undefined;
  return ranges.find(({ from, to }) => amount >= from && amount <= to)?.id;
}
