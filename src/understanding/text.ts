/** A short free text, such as the name of a group. */
import { withoutEnd } from './ends.ts';
import { normalise, splitWords, fold } from './normalise.ts';
import { askBack, read, type Reading } from './reading.ts';
import { readYesNo } from './yesno.ts';

/** The longest name of a group that is still a name. */
const LENGTH = 60;

const before =
  /^(?:(?:nama|ngaran)(?:nya)?(?: (?:kelompok|kelompoknya|grup))?(?: (?:kami|ulun|saya))?|namanya|ngarannya)(?=[\s:,])[\s:,]*/iu;
const trailing = /(?: (?:bu|ibu|pak|bapak|mas|mbak|lah|pang|ai|ya)){1,8} ?[.!]{0,20}$/iu;

export function readText(text: string): Reading<string> {
  const plain = normalise(text)
    .replace(/[*_~`"“”]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
  const core = withoutEnd(plain.replace(before, '').replace(trailing, ''), /[.,;!\s]/u).trim();
  if (plain.includes('?')) return askBack('question');
  if (!/\p{L}.*\p{L}/u.test(core) || core.length > LENGTH) return askBack(core === '' ? 'empty' : 'unclear');
  // A bare yes, no or "I do not know" answers another question.
  const words = splitWords(fold(core));
  const answer = readYesNo(core);
  if (words.length <= 3 && (answer.understood || answer.reason === 'unknown' || answer.reason === 'maybe'))
    return askBack('unclear');
  return read(core);
}
