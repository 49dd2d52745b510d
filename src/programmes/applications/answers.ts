/** Answers as facts: what a flow keeps under `fact.<name>`, and the number of a card. Pure but for the vault. */
import type { Answer, Answers } from '../../engine/index.ts';
import type { Scalar } from '../../rules/index.ts';
import { climbNik } from '../../understanding/index.ts';
import { ofContact, ofPerson } from '../../shared/purpose.ts';
import type { Vault } from './vault.ts';

/** A fact that a flow keeps; whoever did not know or passed it over leaves it unknown. */
export function factsIn(answers: Answers): Record<string, Scalar> {
  return Object.fromEntries(
    Object.entries(answers).flatMap(([place, answer]) => {
      const name = /^fact\.(\w+)$/.exec(place)?.[1];
      const value = name === undefined ? undefined : factOf(answer);
      return name === undefined || value === undefined ? [] : [[name, value]];
    }),
  );
}

function factOf(answer: Answer): Scalar | undefined {
  if (answer.kind === 'yes') return answer.yes;
  if (answer.kind === 'number') return answer.number;
  if (answer.kind === 'money') return answer.rupiah;
  if (answer.kind === 'text') return answer.text;
  return answer.kind === 'options' ? scalarOf(answer.ids[0]) : undefined;
}

/** An option may stand for a number ("n_6") or for not knowing. */
function scalarOf(id: string | undefined): Scalar | undefined {
  if (id === undefined || id === 'unsure') return undefined;
  const number = /^n_(\d+)$/.exec(id)?.[1];
  return number === undefined ? id : Number(number);
}

/**
 * The number of the card that was just given in a talk: sealed as sixteen digits, for the person from now on. Undefined
 * where it does not open.
 */
export function identityIn(answers: Answers, vault: Vault, from: string, person: string, now: number) {
  const answer = answers['applicant.nik'];
  const written = answer?.kind === 'secret' ? vault.open(answer.sealed, ofContact(from)) : undefined;
  const climbed = written === undefined ? undefined : climbNik(written, { now, areas: [] });
  if (!climbed || 'fault' in climbed) return undefined;
  const { digits, odd } = climbed;
  return { sealed: vault.seal(digits, ofPerson(person)), digest: vault.digest(digits), last4: digits.slice(-4), odd };
}
