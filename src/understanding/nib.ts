/** The business number: thirteen digits. Lists that went through a spreadsheet have lost a leading zero (domain.md §1.1). */
import { inOneLine, rowsOfDigits } from './digits.ts';
import { readHolding } from './holding.ts';
import { askBack, read, type Reading } from './reading.ts';

const LENGTHS = [12, 13];

/** Shorter rows are dates and house numbers, no attempt at such a number. */
const ATTEMPT = 6;

/** Twelve digits are taken, too; who asked for it says that one may be missing. */
export const readNib = (text: string): Reading<string> => readHolding(inOneLine(text), numberIn);

function numberIn(folded: string): Reading<string> {
  const { rows, mixed } = rowsOfDigits(folded);
  if (mixed) return askBack('unclear');
  const [number, other] = new Set(rows.filter((row) => row.length >= ATTEMPT));
  if (other !== undefined) return askBack('several');
  return number !== undefined && LENGTHS.includes(number.length) ? read(number) : askBack('unclear');
}

/** How many digits the longest row of a text has: said to who wrote some too few or too many. */
export const digitsIn = (text: string): number =>
  Math.max(0, ...rowsOfDigits(text).rows.map((row) => row.replace('+', '').length));
