/**
 * The sixteen digits of an identity number, checked as far as they can be (domain.md): province, a birth date that exists
 * (women have 40 added to the day), a serial other than 0000. What fails is asked again, never mended.
 */
import { exists } from './calendar.ts';
import { inOneLine, rowsOfDigits } from './digits.ts';
import { readHolding } from './holding.ts';
import { askBack, read, type Reading } from './reading.ts';

/** Codes of the provinces, from Aceh to the four newest in Papua (Permendagri 100.1.1-6117/2022). */
export const provinces = new Set(
  '11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 51 52 53 61 62 63 64 65 71 72 73 74 75 76 81 82 91 92 93 94 95 96 97'.split(
    ' ',
  ),
);

/** A family card has a number of the same length. */
const familyCard = /\b(?:kk|kartu keluarga)\b/u;

const LENGTH = 16;

export const readNik = (text: string): Reading<string> => readHolding(inOneLine(text), numberIn);

function numberIn(folded: string): Reading<string> {
  const { rows, mixed } = rowsOfDigits(folded);
  if (mixed || familyCard.test(folded)) return askBack('unclear');
  const [number, other] = new Set(rows.filter((row) => row.length >= LENGTH - 3));
  if (other !== undefined) return askBack('several');
  return number !== undefined && isPossible(number) ? read(number) : askBack('unclear');
}

function isPossible(number: string): boolean {
  if (!/^\d{16}$/.test(number) || !provinces.has(number.slice(0, 2))) return false;
  if (number.slice(2, 4) === '00' || number.slice(4, 6) === '00' || number.endsWith('0000')) return false;
  const written = Number(number.slice(6, 8));
  const day = written > 40 ? written - 40 : written;
  const month = Number(number.slice(8, 10));
  const year = Number(number.slice(10, 12));
  // Of both centuries only 1900 is no leap year that its last two digits call one; nobody here was born in it.
  return exists({ year: 2000 + year, month, day });
}
