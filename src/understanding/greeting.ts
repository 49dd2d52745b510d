/** A message that is nothing but a greeting. */
import { fold, splitWords } from './normalise.ts';

export const greetings = ['salam', 'morning', 'noon', 'afternoon', 'evening', 'hello', 'thanks'] as const;
export type Greeting = (typeof greetings)[number];

const polite = new Set(
  'bu ibu ibuk buk pak bapak pa mas mba mbak kak kaka ka min admin pian lah pang ai ya yah gin dong wr wb warahmatullahi wabarakatuh wbr kawan pengrajin semua'.split(
    ' ',
  ),
);

const patterns: readonly (readonly [Greeting, RegExp])[] = [
  ['salam', /^a{1,2}s{1,2}[ae]?l{1,2}a{1,2}m{1,2}[uo]?a?l{0,2}a?i?k?[uo]?m{0,2}$/u],
  ['salam', /^(as+|samlekum|asalam|assalam|aslm|askum|asskum|mikum)$/u],
  ['morning', /^(s[ea]lamat |met )?(pagi|baisukan|esuk)$/u],
  ['noon', /^(s[ea]lamat |met )?siang$/u],
  ['afternoon', /^(s[ea]lamat |met )?(sore|sori an|kamarian|petang)$/u],
  ['evening', /^(s[ea]lamat |met )?malam$/u],
  [
    'thanks',
    /^(t[ae]rima ?kasih|makasih|mksh|makasi|trims|trimakasih|thx|tq|thanks|suwun|matur ?nuwun)( (banyak|banar|sudah)){0,3}$/u,
  ],
  [
    'hello',
    /^(halo+|hallo+|hai+|hi|hello|helo|hey|hei|hay|permisi|punten|p|pp|ping|tes|test|woy|oi|kulanuwun|nuwun)$/u,
  ],
];

const anyPattern = new RegExp(patterns.map(([, { source }]) => `(?:${source})`).join('|'), 'u');

export function readGreeting(text: string): Greeting | null {
  if (text.length > 120) return null;
  const words = splitWords(fold(text)).filter((word) => !polite.has(word));
  if (words.length === 0 || words.length > 4) return null;
  const spaced = words.join(' ');
  const joined = words.join('');
  if (!anyPattern.test(spaced) && (words.length === 1 || !anyPattern.test(joined))) return null;
  return patterns.find(([, pattern]) => pattern.test(spaced) || pattern.test(joined))?.[0] ?? null;
}
