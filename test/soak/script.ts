/** What the people of the soak write: whole conversations, so that an answer in the wrong place or order shows. */
import { readScenario } from '../scenarios/scenario.ts';

/** Conversations that need nobody else's data and no other day. */
const sources = [
  '01-jalan-lurus',
  '03-banjar',
  '06-tidak-paham',
  '07-kembali-betulkan',
  '08-salam-di-tengah',
  '28-bertanya',
];

/** So many different scripts; person 1 has the first, and so on. */
export const SCRIPTS = sources.length;

/** The texts of script `number`, as many as wanted: its conversation, then the next ones. */
export function scriptOf(number: number, length: number): string[] {
  const texts: string[] = [];
  for (let at = number; texts.length < length; at++) {
    const { turns } = readScenario(`flows/registration/scenarios/${sources[at % SCRIPTS] ?? ''}.yaml`);
    texts.push(...turns.flatMap(({ send }) => (typeof send === 'string' ? [send] : [])));
  }
  return texts.slice(0, length);
}
