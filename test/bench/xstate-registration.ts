/**
 * The same registration on XState, the peer that the engine is timed beside: its state is persisted and restored at each
 * message. What was said is understood by the same readers, once a message, on both sides.
 */
import { assign, createActor, createMachine, type Snapshot } from 'xstate';
import {
  readChoice,
  readChoices,
  readCommand,
  readGreeting,
  readInteger,
  readKelurahan,
  readName,
  readYesNo,
  type Area,
  type Option,
} from '../../src/understanding/index.ts';

interface Context {
  tries: number;
  answers: Record<string, unknown>;
  said: string[];
}
type Event = { type: 'answer'; value: unknown } | { type: 'command' } | { type: 'greeting' } | { type: 'unclear' };

const questions = ['consent', 'name', 'crafts', 'kelurahan', 'business', 'years', 'summary'] as const;
type Question = (typeof questions)[number];

const state = (question: Question, next: string) => ({
  entry: assign(({ context }: { context: Context }) => ({ said: [...context.said, question] })),
  on: {
    command: { actions: assign({ said: () => [`${question}.command`] }) },
    greeting: { actions: assign({ said: () => [`${question}.greeting`] }) },
    answer: {
      target: next,
      actions: assign(({ context, event }: { context: Context; event: Event }) => ({
        tries: 0,
        said: [`${question}.echo`],
        answers: { ...context.answers, [question]: event.type === 'answer' ? event.value : null },
      })),
    },
    unclear: {
      actions: assign(({ context }: { context: Context }) => ({
        tries: context.tries + 1,
        said: [`${question}.help${context.tries + 1}`],
      })),
    },
  },
});

const machine = createMachine({
  id: 'registration',
  initial: 'consent',
  context: { tries: 0, answers: {}, said: [] } satisfies Context,
  states: {
    ...Object.fromEntries(
      questions.map((question, index) => [question, state(question, questions[index + 1] ?? 'done')]),
    ),
    done: { type: 'final' as const },
  },
} as never);

export function createPeer(areas: readonly Area[], crafts: readonly Option[], business: readonly Option[]) {
  const readers: Record<Question, (text: string) => { understood: boolean; value?: unknown }> = {
    consent: readYesNo,
    name: readName,
    crafts: (text) => readChoices(text, crafts),
    kelurahan: (text) => readKelurahan(text, areas),
    business: (text) => readChoice(text, business),
    years: readInteger,
    summary: readYesNo,
  };

  function understand(question: Question, text: string): Event {
    if (readCommand(text) !== null) return { type: 'command' };
    if (readGreeting(text) !== null) return { type: 'greeting' };
    const reading = readers[question](text);
    return reading.understood ? { type: 'answer', value: reading.value } : { type: 'unclear' };
  }

  const persist = (actor: ReturnType<typeof createActor>): string => {
    const stored = JSON.stringify(actor.getPersistedSnapshot());
    actor.stop();
    return stored;
  };

  return {
    start: (): string => persist(createActor(machine).start()),
    message(stored: string, text: string): string {
      const snapshot = JSON.parse(stored) as Snapshot<unknown> & { value: Question };
      const actor = createActor(machine, { snapshot }).start();
      actor.send(understand(snapshot.value, text));
      return persist(actor);
    },
  };
}
