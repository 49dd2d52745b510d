/** A span as months: "24 bulan", "dua tahun", "1,5 tahun", "setahun setengah". A bare small number may be years; it is asked. */
import { readHolding } from './holding.ts';
import { wordNumber } from './numbers.ts';
import { askBack, read, type Reading } from './reading.ts';

const year = '(?:tahun|thn|th|tahunan)';
const month = '(?:bulan|bln|bl|bulanan)';
const part = new RegExp(
  `(?:(\\d+(?:[.,]\\d+)?|[a-z]+(?: (?:puluh|belas|walas)(?: [a-z]+)?)?) ?)(${year}|${month})\\b( (?:setengah|satangah))?`,
  'gu',
);

/** Without a word for what is counted, fewer may be years. */
const LEAST = 6;

export const readMonths = (text: string): Reading<number> => readHolding(text, spanIn);

function spanIn(folded: string): Reading<number> {
  const spoken = folded
    .replace(/\b(?:setahun|satahun)\b/gu, '1 tahun')
    .replace(/\b(?:sebulan|sabulan)\b/gu, '1 bulan')
    .replace(/\b(?:setengah|satangah) tahun\b/gu, '6 bulan');
  if (/\b(?:atau|atawa)\b/u.test(spoken)) return askBack('several');
  let months: number | undefined;
  for (const [, count = '', unit = '', half] of spoken.matchAll(part)) {
    const number = numberOf(count);
    if (number === undefined) continue;
    const span = new RegExp(year, 'u').test(unit) ? (number + (half ? 0.5 : 0)) * 12 : number;
    months = (months ?? 0) + span;
  }
  // "1 atau 2 tahun": a number that belongs to no span makes it two answers.
  if (months !== undefined && /\d/u.test(spoken.replace(part, ' '))) return askBack('several');
  if (months === undefined) {
    const [only, other] = spoken.match(/\d+(?:[.,]\d+)?/gu) ?? [];
    const bare = only !== undefined && other === undefined ? numberOf(only) : numberOf(spoken.trim());
    if (bare === undefined || bare < LEAST) return askBack('unclear');
    months = bare;
  }
  return Number.isInteger(months) && months > 0 ? read(months) : askBack('unclear');
}

function numberOf(words: string): number | undefined {
  if (/^\d/u.test(words)) return Number(words.replace(',', '.'));
  const last = words.split(' ').at(-1) ?? '';
  return wordNumber(words) ?? wordNumber(last);
}
