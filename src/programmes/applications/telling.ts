/** What is told of applications: each decision to its person, once, and that a paused programme is open again. */
import type { Answers } from '../../engine/index.ts';
import { DAY } from '../../shared/clock.ts';
import type { Plan } from '../programme.ts';
import type { ApplicationParts } from './parts.ts';
import { shown, spaced } from './sending.ts';
import type { Application } from './model.ts';
import type { ApplicationStore } from './store.ts';

type Said = { flow: string; answers: Answers; speaksFor?: string } | { refused: string };

export interface TellingParts extends Pick<ApplicationParts, 'day' | 'words' | 'stepWords' | 'person'> {
  store: ApplicationStore;
  plan(plans: readonly Plan[], now: number): Promise<unknown>;
  isOpen(programme: string): boolean;
  nameOf(programme: string): string;
  /** The word by which a person begins it. */
  wordFor(programme: string): string;
}

/** A decision is of use for as long: who is away comes back in a month. */
const DECISION_USEFUL = 60 * DAY;
const OPENING_USEFUL = 14 * DAY;

/** Read at once. */
const PAGE = 200;

/** A decision answers what the person asked for; that a programme is open again is an invitation. */
export const toldKinds = [
  { kind: 'decision', owed: true },
  { kind: 'opened', owed: false },
] as const;

export function createApplicationTelling(parts: TellingParts) {
  const { store, plan, isOpen } = parts;

  async function decisions(now: number): Promise<void> {
    for (const { _id, person, contact, channel, notice } of await store.noticed()) {
      if (!notice) continue;
      const times = { due: notice.at, until: notice.at + DECISION_USEFUL };
      await plan(
        [{ kind: 'decision', thing: _id, person, slot: String(notice.number), contact, channel, rank: 0, ...times }],
        now,
      );
      await store.noticePlanned(_id, notice.number);
    }
  }

  /** Everybody who waits for a programme that is open is told, and waits no more. */
  async function openings(programmes: readonly string[], now: number): Promise<void> {
    for (const programme of programmes.filter(isOpen))
      for (;;) {
        const page = await store.waitingFor(programme, '', PAGE);
        await plan(
          page.map(({ person, contact, channel, at }) => ({
            ...{
              kind: 'opened',
              thing: programme,
              person,
              slot: String(Number(at)),
              contact,
              channel,
              rank: 1 as const,
            },
            ...{ due: now, until: now + OPENING_USEFUL },
          })),
          now,
        );
        for (const { _id } of page) await store.waitNoMore(_id);
        if (page.length < PAGE) break;
      }
  }

  return {
    async plan(now: number): Promise<void> {
      await decisions(now);
      const waiting = await store.waitingCounts();
      await openings([...waiting.keys()], now);
    },

    /** Decided at the moment of sending: is it still so? */
    async look(
      kind: string,
      { thing, person, slot }: { thing: string; person: string; slot: string },
      language: string,
      several: boolean,
    ): Promise<Said> {
      const name = several ? (await parts.person(person))?.name : undefined;
      const speaksFor = name === undefined ? {} : { speaksFor: name };
      if (kind === 'opened') {
        if (!isOpen(thing)) return { refused: 'not open' };
        const answers: Answers = {
          'programme.name': { kind: 'text', text: parts.nameOf(thing) },
          'programme.word': { kind: 'text', text: parts.wordFor(thing) },
        };
        return { flow: 'opened', answers, ...speaksFor };
      }
      const application = await store.find(thing);
      if (!application) return { refused: 'gone' };
      // Decided anew meanwhile: the newer one is told.
      if (String(application.notice?.number) !== slot) return { refused: 'decided again' };
      return { flow: 'decision', answers: decided(parts, language, application), ...speaksFor };
    },
  };
}

function decided(parts: TellingParts, language: string, application: Application): Answers {
  const { state, programme, person, history, number, filled } = application;
  const why = history.at(-1)?.why ?? '';
  const values = { number: spaced(number), ...filled };
  return {
    ...shown(parts, { contact: { language } }, application),
    'application.person': { kind: 'text', text: person },
    'application.decided': { kind: 'written', text: parts.stepWords(language, programme, `states.${state}`) },
    'application.why': {
      kind: 'written',
      text: why === '' ? parts.stepWords(language, programme, `unsaid.${state}`) : why,
    },
    'application.next': { kind: 'written', text: parts.words(language, programme, `decisions.${state}`, values) },
  };
}
