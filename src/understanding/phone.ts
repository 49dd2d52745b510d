/** An Indonesian mobile number as "62812…". Two numbers, a land line or one of a wrong length is asked again. */
import { readHolding } from './holding.ts';
import { rowsOfDigits } from './digits.ts';
import { askBack, read, type Reading } from './reading.ts';

/**
 * Prefixes in use (Kominfo's numbering plan): 811-819, 821-823, 827-828, 831-833, 838, 851-853, 855-859, 877-879, 881-889,
 * 895-899. Behind 62 there are nine to twelve digits.
 */
const mobile = /^628(?:1[1-9]|2[1-378]|3[1-38]|5[1235-9]|7[7-9]|8[1-9]|9[5-9])\d{6,9}$/;

/** Shorter rows are house numbers and years, no attempt at a telephone number. */
const ATTEMPT = 7;

export const readPhone = (text: string): Reading<string> => readHolding(text, numberIn);

function numberIn(folded: string): Reading<string> {
  const { rows, mixed } = rowsOfDigits(folded);
  if (mixed) return askBack('unclear');
  const [number, other] = new Set(rows.filter((row) => row.length >= ATTEMPT).map(international));
  if (other !== undefined) return askBack('several');
  return number !== undefined && mobile.test(number) ? read(number) : askBack('unclear');
}

/** "0812", "812", "+62 812", "0062 812" and "62 0812" are one number. */
const international = (digits: string): string =>
  digits
    .replace(/^\+/, '')
    .replace(/^0062/, '62')
    .replace(/^0(?=8)/, '62')
    .replace(/^620+(?=8)/, '62')
    .replace(/^(?=8)/, '62');
