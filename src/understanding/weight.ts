/** A parcel's weight in grams. A number without its unit is asked again; "ons" is a hundred grams, as on the market. */
import { readHolding } from './holding.ts';
import { quantitiesIn, type Scale } from './quantities.ts';
import { askBack, read, type Reading } from './reading.ts';

const scale: Scale = new Map([
  ...'kg kilo kilu kilogram kgs kiloan kelo'.split(' ').map((word) => [word, 1_000] as const),
  ...'ons on onz'.split(' ').map((word) => [word, 100] as const),
  ...'gram gr g gm grm garam'.split(' ').map((word) => [word, 1] as const),
]);

/** Less, more, or one of two is no weight; "kurang lebih" is an estimate. */
const estimate = /\b(?:kurang lebih|lebih kurang|kurang labih|labih kurang)\b/gu;
const bound =
  /\b(?:kurang|labih|lebih) (?:dari|pada|matan|sa|se|\d)|\b(?:di ?bawah|di ?atas|antara) |\b(?:kada|tidak|tdk|gak|ga|nggak|belum|balum) (?:sampai|sampe|nyampe)|(?:kilo|kilu|kg|ons|gram) (?:lebih|labih)\b/u;

export const readWeight = (text: string): Reading<number> => readHolding(text, gramsIn);

function gramsIn(holding: string): Reading<number> {
  const folded = holding.replace(estimate, ' ');
  if (bound.test(folded)) return askBack('unclear');
  const { amounts, loose, broken } = quantitiesIn(folded, scale);
  if (broken || loose.length > 0) return askBack(amounts.length > 0 ? 'several' : 'unclear');
  const [value, other] = new Set(amounts);
  if (other !== undefined) return askBack('several');
  return value !== undefined && value > 0 ? read(Math.round(value)) : askBack('unclear');
}
