/** A question of the corpus schema, answered: the kinds that are built, by name. */
import { readChoice } from './choice.ts';
import { readCommand } from './command.ts';
import { readInteger } from './integer.ts';
import { readKelurahan } from './kelurahan.ts';
import { readName } from './name.ts';
import type { Area, Reading } from './reading.ts';
import { readYesNo } from './yesno.ts';

export const expectKinds = ['yesno', 'choice', 'integer', 'name', 'kelurahan', 'command'] as const;
export type ExpectKind = (typeof expectKinds)[number];

export interface Question {
  expect: ExpectKind;
  text: string;
  /** For `choice`, in the order shown. */
  options?: readonly { id: string; label: string }[] | undefined;
}

/** `value` is null where the only right thing is to ask again; `reason` says why. */
export interface Understood {
  value: boolean | string | number | null;
  reason: string;
}

export function understand({ expect, text, options = [] }: Question, areas: readonly Area[]): Understood {
  switch (expect) {
    case 'yesno':
      return of(readYesNo(text));
    case 'choice':
      return of(
        readChoice(
          text,
          options.map(({ id, label }) => ({ id, words: [label] })),
        ),
      );
    case 'integer':
      return of(readInteger(text));
    case 'name':
      return of(readName(text));
    case 'kelurahan':
      return of(readKelurahan(text, areas));
    case 'command': {
      const value = readCommand(text);
      return { value, reason: value === null ? 'not a command' : 'understood' };
    }
  }
}

const of = (reading: Reading<boolean | string | number>): Understood =>
  reading.understood ? { value: reading.value, reason: 'understood' } : { value: null, reason: reading.reason };
