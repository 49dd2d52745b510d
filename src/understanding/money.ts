/** Whole rupiah. An amount that may be read in two ways, a range or a bound is asked again; an estimate is an amount. */
import { readHolding } from './holding.ts';
import { quantitiesIn, type Scale } from './quantities.ts';
import { askBack, read, type Reading } from './reading.ts';

const scale: Scale = new Map([
  ...spellings(1_000, 'ribu rebu rb rbu ribuan rebuan rbuan rban k'),
  ...spellings(10_000, 'laksa'),
  ...spellings(1_000_000, 'juta jt jta juto jeti jutaan jtan'),
  ...spellings(1_000_000_000, 'miliar milyar milyard miliyar'),
]);

function spellings(size: number, words: string): (readonly [string, number])[] {
  return words.split(' ').map((word) => [word, size] as const);
}

/** Market words with one reading only. */
const slang: Readonly<Record<string, string>> = {
  goceng: '5 ribu',
  ceban: '10 ribu',
  noban: '20 ribu',
  seceng: '1 ribu',
};
const slangWord = new RegExp(`\\b(${Object.keys(slang).join('|')})\\b`, 'gu');

/** "2m" may be two milliard or two metres. "puluhan juta" names no amount. */
const vague = /\d ?m\b|\b(puluhan|ratusan|ribuan|jutaan) (?:ribu|juta|rb|jt)\b/u;

/** Less or more than an amount is none. "kurang lebih" is an estimate and is taken out before. */
const bound =
  /\b(?:kurang|labih|lebih|melebihi) (?:dari|pada|matan|sejuta|sajuta|\d)|\b(?:di ?bawah|di ?atas|dibawah|diatas|antara) |\b(?:kada|tidak|tdk|gak|ga|nggak|belum|balum|kd) (?:sampai|sampe|nyampe|cukup|ada|baisi|punya|bisi)|(?:juta|jt|ribu|rb) (?:lebih|labih|kurang)\b|^\s?-\s?\d/u;
const estimate = /\b(?:kurang lebih|lebih kurang|kurang labih|labih kurang)\b/gu;

/** Without a unit an amount must be this large; "500" may mean rupiah or thousands. */
const LEAST = 1_000;

/** Things that are counted one by one beside a price: "30 ribu 1 lembar". */
const counted = /^(lembar|lambar|biji|buah|buting|potong|pasang|meter|helai|lbr|pcs|kodi|set|bulan|hari|minggu)$/u;

export const readMoney = (text: string): Reading<number> => readHolding(text, amountIn);

function amountIn(holding: string): Reading<number> {
  const folded = holding.replace(estimate, ' ').replace(slangWord, (word) => slang[word] ?? word);
  if (vague.test(folded) || bound.test(folded)) return askBack('unclear');
  const { amounts, loose, broken } = quantitiesIn(folded, scale);
  if (broken) return askBack('unclear');
  const small = loose.filter(({ value }) => value < LEAST);
  const values = new Set([...amounts, ...loose.map(({ value }) => value).filter((value) => value >= LEAST)]);
  if (small.some(({ value, next }) => value !== 1 || !counted.test(next)))
    return askBack(values.size > 0 ? 'several' : 'unclear');
  const [value, other] = values;
  if (other !== undefined) return askBack('several');
  return value !== undefined && Number.isSafeInteger(value) && value > 0 ? read(value) : askBack('unclear');
}
