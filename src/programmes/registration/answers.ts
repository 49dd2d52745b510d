/** Answers of the engine and fields of a person, from one to the other. Pure. */
import type { Answer, Answers } from '../../engine/index.ts';
import type { Person } from './store.ts';

/** What every text about a person may name. */
export const shown = ({ name, number }: Person): Answers => ({
  'person.name': { kind: 'text', text: name },
  'person.number': { kind: 'text', text: `${number.slice(0, 3)} ${number.slice(3)}` },
});

/** All of a person as if it had been answered just now, so that it can be told, and one answer corrected. */
export function answered(person: Person, group: string | undefined): Answers {
  const { years, yearsSaid } = person;
  return {
    ...shown(person),
    'person.id': { kind: 'text', text: person._id },
    'person.crafts': { kind: 'options', list: 'crafts', ids: person.crafts },
    'person.kelurahan': { kind: 'area', code: person.kelurahan },
    'person.business': { kind: 'options', list: 'business', ids: [person.business] },
    'person.years': yearsAnswer(years, yearsSaid),
    ...(group !== undefined && { 'person.group': { kind: 'text', text: group } }),
  };
}

function yearsAnswer(years: number | null, said: string | null): Answer {
  if (years !== null) return { kind: 'number', number: years, unit: 'years' };
  return said === null || said === 'skipped' ? { kind: 'skipped' } : { kind: 'options', list: 'years', ids: [said] };
}

export const textOf = (answer: Answer | undefined): string => (answer?.kind === 'text' ? answer.text : '');
export const areaOf = (answer: Answer | undefined): string => (answer?.kind === 'area' ? answer.code : '');
export const chosen = (answer: Answer | undefined): string[] => (answer?.kind === 'options' ? [...answer.ids] : []);
