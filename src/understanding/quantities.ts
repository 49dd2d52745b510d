/**
 * Amounts with a unit, in digits and words, mixed and run together: "2jt500rb", "satu koma lima juta", "sakilu satangah".
 * Which words are units, and how much one of them is, comes from the reader.
 */
import { numberAt, type Found } from './numbers.ts';

/** Units by every spelling; the value is how much one is. */
export type Scale = ReadonlyMap<string, number>;

export interface Quantities {
  /** Amounts that name their unit, in order. */
  amounts: readonly number[];
  /** Numbers without one. `counted`: a thing that is counted follows, such as "lembar". */
  loose: readonly { value: number; next: string }[];
  /** A number that may be read in two ways, or a unit without a number. */
  broken: boolean;
}

interface Token {
  text: string;
  /** Stands right behind the token before it, with nothing between. */
  joined: boolean;
}

const halves: Readonly<Record<string, number>> = {
  setengah: 0.5,
  satangah: 0.5,
  setangah: 0.5,
  satengah: 0.5,
  stengah: 0.5,
  setgh: 0.5,
  stgh: 0.5,
  seperempat: 0.25,
  saparampat: 0.25,
  seprempat: 0.25,
};

/** All amounts in a folded text. */
export function quantitiesIn(folded: string, scale: Scale): Quantities {
  const tokens = tokensOf(folded, scale);
  const found = { amounts: [] as number[], loose: [] as { value: number; next: string }[], broken: false };
  for (let place = 0; place < tokens.length;) {
    const chain = chainAt(tokens, place, scale);
    if (!chain) {
      if (scale.has(tokens[place]?.text ?? '')) found.broken = true;
      place++;
      continue;
    }
    place += chain.length;
    if (Number.isNaN(chain.value)) found.broken = true;
    else if (chain.unit) found.amounts.push(chain.value);
    else found.loose.push({ value: chain.value, next: tokens[place]?.text ?? '' });
  }
  return found;
}

/** Thousands in groups parted by spaces are one number; "limaratusribu" is two words; "kira2" is not a 2. */
function tokensOf(folded: string, scale: Scale): Token[] {
  const whole = folded
    .replace(/\d+(?: \d+)*/gu, inThousands)
    .replace(/(?<=\p{L}{3})2(?!\d)/gu, ' ')
    .replace(/(?<![\d.,])(\d{1,2}) ?(?:ratus|rts)\b/gu, '$100');
  const tokens: Token[] = [];
  let end = -1;
  for (const match of whole.matchAll(/\d(?:[\d.,]*\d)?|\p{L}+|[-–/]/gu)) {
    const words = /^\p{L}/u.test(match[0]) ? apart(match[0], scale) : [match[0]];
    words.forEach((text, index) => tokens.push({ text, joined: index === 0 && match.index === end }));
    end = match.index + match[0].length;
  }
  return tokens;
}

/** "12 500 000": up to three digits, and at least two groups of three behind them, are one number. */
function inThousands(row: string): string {
  const groups = row.split(' ');
  const numbers: string[] = [];
  for (let start = 0; start < groups.length;) {
    let end = start + 1;
    if ((groups[start]?.length ?? 0) <= 3) while (groups[end]?.length === 3) end++;
    if (end - start < 3) end = start + 1;
    numbers.push(groups.slice(start, end).join(''));
    start = end;
  }
  return numbers.join(' ');
}

/** "sejuta" is one million, "limaratusribu" five hundred thousand. */
function apart(word: string, scale: Scale): string[] {
  if (scale.has(word)) return [word];
  for (const unit of scale.keys()) {
    if (unit.length < 3 || !word.endsWith(unit) || word === unit) continue;
    const rest = word.slice(0, -unit.length);
    if (rest === 'se' || rest === 'sa') return ['satu', unit];
    if (rest in halves || numberAt([rest], 0)) return [rest, unit];
  }
  return [word];
}

interface Part {
  /** NaN where it may be read in two ways. */
  value: number;
  unit: number | undefined;
  length: number;
}

/** A number with its unit and the smaller units behind it: "2 juta 500 ribu". */
function chainAt(tokens: readonly Token[], from: number, scale: Scale): Part | undefined {
  const first = partAt(tokens, from, scale);
  if (!first?.unit) return first;
  let { value, length } = first;
  for (let unit = first.unit; ;) {
    const next = tokens[from + length];
    if (next && next.text in halves && scale.get(tokens[from + length + 1]?.text ?? '') === undefined) {
      value += (halves[next.text] ?? 0) * unit;
      length++;
      continue;
    }
    const part = partAt(tokens, from + length, scale);
    if (!part) break;
    if (part.unit !== undefined && part.unit < unit) {
      value += part.value;
      unit = part.unit;
    } else if (part.unit === undefined) {
      const small = behind(part, next, unit);
      if (small === undefined) break;
      value += small;
    } else break;
    length += part.length;
  }
  return { value, unit: first.unit, length };
}

/** "2jt500": five hundred of the next smaller thousand. "lima ribu lima ratus": plain. "dua juta lima ratus" may be both. */
function behind(part: Part, token: Token | undefined, unit: number): number | undefined {
  if (part.value >= 1_000) return undefined;
  if (unit === 1_000) return part.value;
  if (unit < 1_000) return token?.joined ? part.value : undefined;
  if (!token?.joined) return part.value >= 100 ? NaN : undefined;
  return /^\d{3}$/.test(token.text) ? part.value * (unit / 1_000) : NaN;
}

/** One number and its unit. */
function partAt(tokens: readonly Token[], from: number, scale: Scale): Part | undefined {
  const number = plainAt(tokens, from, scale);
  if (!number) return undefined;
  const after = tokens[from + number.length];
  const half = after && halves[after.text];
  const further = tokens[from + number.length + 1];
  if (half !== undefined && further && scale.has(further.text)) {
    const unit = scale.get(further.text) ?? 1;
    return { value: (valueOf(number, unit) + half) * unit, unit, length: number.length + 2 };
  }
  const unit = after && scale.get(after.text);
  // "k" and other short signs count only right behind the digits.
  if (unit === undefined || (after?.text.length === 1 && !after.joined && after.text !== 'g'))
    return { value: valueOf(number, undefined), unit: undefined, length: number.length };
  return { value: clean(valueOf(number, unit) * unit), unit, length: number.length + 1 };
}

/** So many words a number has at most, with its decimals. */
const LONGEST_NUMBER = 24;

interface Plain {
  digits?: string;
  value: number;
  length: number;
}

function plainAt(tokens: readonly Token[], from: number, scale: Scale): Plain | undefined {
  const text = tokens[from]?.text ?? '';
  if (/^\d/.test(text)) return { digits: text, value: NaN, length: 1 };
  const half = halves[text];
  if (half !== undefined) return scale.has(tokens[from + 1]?.text ?? '') ? { value: half, length: 1 } : undefined;
  const ahead = tokens.slice(from, from + LONGEST_NUMBER).map((token) => token.text);
  const until = ahead.findIndex((word) => scale.has(word) || /^[\d\-–/]/.test(word));
  const words = until < 0 ? ahead : ahead.slice(0, until);
  const found = numberAt(words, 0);
  if (!found) return undefined;
  return words[found.length] === 'koma' ? decimal(words, found) : withQuarters(words, found);
}

/** "satu koma dua lima" is 1.25. */
function decimal(words: readonly string[], whole: Found): Plain {
  let digits = '';
  let length = whole.length + 1;
  for (let found = numberAt(words, length); found && found.value < 100; found = numberAt(words, length)) {
    digits += String(found.value);
    length += found.length;
  }
  return { value: Number(`${whole.value}.${digits || '0'}`), length };
}

/** "tiga perempat". */
const withQuarters = (words: readonly string[], { value, length }: Found): Plain =>
  /^(perempat|parampat|prempat)$/u.test(words[length] ?? '')
    ? { value: value / 4, length: length + 1 }
    : { value, length };

function valueOf({ digits, value }: Plain, unit: number | undefined): number {
  return digits === undefined ? value : readDigits(digits, unit);
}

/**
 * Digits as written. Dots in threes group thousands; with a unit a dot or comma before one or two digits is a decimal
 * sign. NaN for what is neither, such as "5000.000", and for a decimal without a unit.
 */
function readDigits(digits: string, unit: number | undefined): number {
  if (/^\d+$/.test(digits)) return Number(digits);
  if (/^\d{1,3}(\.\d{3})+(,0{1,2})?$/.test(digits)) {
    // "1.500 juta" may be one and a half million or fifteen hundred.
    return unit !== undefined && unit > 1_000 ? NaN : Number(digits.replace(/,0+$/, '').replaceAll('.', ''));
  }
  if (/^\d{1,3}(,\d{3}){2,}(\.0{1,2})?$/.test(digits)) return Number(digits.replace(/\.0+$/, '').replaceAll(',', ''));
  if (unit !== undefined && /^\d{1,4}[.,]\d{1,2}$/.test(digits)) return Number(digits.replace(',', '.'));
  return NaN;
}

/** Without what binary fractions leave: 7.35 × 1,000,000 is a whole number. */
const clean = (value: number): number => (Number.isNaN(value) ? value : Math.round(value * 1_000) / 1_000);
