/** Lists whose options are ranges ("Sampai 10 juta", "5 sampai 19 orang"): an amount names the range that holds it. */
import { months } from './calendar.ts';
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
  const extreme = extremeOf(words, ranges);
  if (amounts.length === 0 && extreme !== undefined) return extreme;
  if (amount === undefined || new Set(amounts).size > 1) return undefined;
  // "10 juta" is in "sampai 10 juta" and in "10 sampai 50 juta".
  const [only, other] = ranges.filter(({ from, to }) => amount >= from && amount <= to);
  return other === undefined ? only?.id : undefined;
}

const least = /\b(?:ter|ta|paling )(?:kecil|sedikit|sadikit|halus|rendah|ringan|bawah|muda)\b/u;
const most = /\b(?:ter|ta|paling )(?:besar|ganal|banyak|tinggi|atas|tua)\b/u;

/** "yang paling kecil". Of a list from small to large it names the end. */
function extremeOf(words: readonly string[], ranges: readonly Range[]): string | undefined {
  const spoken = words.join(' ');
  const sorted = [...ranges].sort((a, b) => a.from - b.from || a.to - b.to);
  if (least.test(spoken)) return sorted[0]?.id;
  return most.test(spoken) ? sorted.at(-1)?.id : undefined;
}

/** "bln 12", "bulan dua": the option that is that month, where the options are months. */
export function monthIn(words: readonly string[], options: readonly Option[]): string | undefined {
  const at = words.findIndex((word) => word === 'bulan' || word === 'bln');
  const [number] = at < 0 ? [] : numbersIn(words.slice(at + 1));
  if (number?.from !== 0) return undefined;
  const fitting = options.filter((option) => months.get(fold(option.words[0] ?? '')) === number.value);
  return fitting.length === 1 ? fitting[0]?.id : undefined;
}
