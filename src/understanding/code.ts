/** A short row of digits that somebody was given, such as the code on the wall of a hall: "4821", "kodenya 48 21", "empat delapan dua satu". */
import { rowsOfDigits } from './digits.ts';
import { fold, splitWords } from './normalise.ts';
import { wordNumber } from './numbers.ts';
import { askBack, read, type Reading } from './reading.ts';

/** Exactly one row of so many digits, written or said one by one. A letter among them is asked again, not guessed. */
export function readCode(text: string, length = 4): Reading<string> {
  const { rows, mixed } = rowsOfDigits(fold(text));
  if (mixed) return askBack('unclear');
  const written = rows.filter((row) => row.length === length);
  if (written.length === 1 && rows.length === 1) return read(written[0] ?? '');
  const said = splitWords(fold(text)).map(wordNumber);
  const digits = said.filter((value) => value !== undefined && value <= 9);
  return rows.length === 0 && digits.length === length ? read(digits.join('')) : askBack('unclear');
}
