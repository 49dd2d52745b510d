/**
 * Whether each programme runs just now: what its file says, and over it what staff have decided since. Who asks for one
 * that does not run is told so, and why. What somebody has begun goes on, up to the step that would begin something in the
 * programme itself (`Action.opens`): there the same is said, and the answers are kept.
 */
import type { Answers, Flow } from '../engine/index.ts';
import { withoutEnd } from '../understanding/index.ts';
import type { Locales } from './locales.ts';
import { mainLanguage } from './locales.ts';
import type { ProgrammeFile } from './programme-file.ts';

export type ProgrammeState = ProgrammeFile['state'];

/** What staff have decided: a state, and a reason that craftsmen are told. */
export interface StateChange {
  state: ProgrammeState;
  reason: string;
}

/** The flow that speaks for a programme that does not run. */
const speaking = { paused: 'programme_paused', closed: 'programme_closed', unknown: 'programme_unknown' } as const;

export class ProgrammeStates {
  readonly #files: readonly ProgrammeFile[];
  readonly #locales: Locales;
  /** Flows by which a programme begins. */
  readonly #entries = new Map<string, string>();
  #changes: ReadonlyMap<string, StateChange> = new Map();

  constructor(files: readonly ProgrammeFile[], locales: Locales) {
    this.#files = files;
    this.#locales = locales;
    for (const { programme, menu, keywords, exact, always } of files) {
      // What belongs to all programmes is never closed: the menu, a person.
      if (programme === 'shared' || programme === 'outreach') continue;
      for (const flow of [...menu.map((entry) => entry.flow), ...Object.keys(keywords), ...Object.keys(exact)])
        if (!always.includes(flow)) this.#entries.set(flow, programme);
    }
  }

  /** Programmes that staff can open and close. */
  get programmes(): readonly string[] {
    return [...new Set(this.#entries.values())];
  }

  of(programme: string): StateChange {
    const file = this.#files.find((one) => one.programme === programme);
    return this.#changes.get(programme) ?? { state: file?.state ?? 'unknown', reason: '' };
  }

  /** As it stands on the list that craftsmen choose from. */
  nameOf(programme: string): string {
    const [first] = this.#files.find((one) => one.programme === programme)?.menu ?? [];
    const key = first ? `menu.${first.flow}.label` : 'application.name';
    return this.#locales.has(mainLanguage, programme, key)
      ? this.#locales.text(mainLanguage, programme, key, {})
      : programme;
  }

  /** What staff have decided up to now, all of it. */
  replace(changes: ReadonlyMap<string, StateChange>): void {
    this.#changes = changes;
  }

  /** The flow that answers somebody who asks for one: itself, or the one that says why not. */
  gate(flow: Flow | undefined, find: (id: string) => Flow | undefined): Flow | undefined {
    const programme = flow && this.#entries.get(flow.id);
    const stopped = programme === undefined ? undefined : this.stopped(programme);
    if (!stopped) return flow;
    const instead = find(stopped.flow);
    return instead && { ...instead, answers: stopped.answers };
  }

  /** The flow that says why a programme does not run just now, and what it names; undefined where it runs. */
  stopped(programme: string): { flow: string; answers: Answers } | undefined {
    const { state, reason } = this.of(programme);
    if (state === 'open') return undefined;
    const answers: Answers = {
      'programme.id': { kind: 'text', text: programme },
      'programme.name': { kind: 'text', text: this.nameOf(programme) },
      'programme.reason': { kind: 'text', text: withoutEnd(reason, /[.\s]/) },
    };
    return { flow: speaking[state], answers };
  }
}
