/** What officers do with applications: a step further, safe for two at once, and told to the person in its time. */
import type { Scalar } from '../../rules/index.ts';
import { following, toldStates, type Application, type ApplicationState } from './model.ts';
import type { ApplicationParts, Settings } from './parts.ts';
import type { ApplicationStore } from './store.ts';

export interface OfficeSettings extends Settings {
  approvedFacts: Readonly<Record<string, Scalar>>;
}

export interface OfficeParts extends Pick<ApplicationParts, 'deadline'> {
  store: ApplicationStore;
  settings(programme: string): OfficeSettings | undefined;
  /** Versions of the programme's rules that hold now. */
  versions(rules: readonly string[], now: number): readonly string[];
}

export interface Decision {
  /** The revision that the officer has looked at. */
  revision: number;
  state: ApplicationState;
  by: string;
  /** Said to the person, in their words; '' where there is nothing to say. */
  why: string;
  filled?: Readonly<Record<string, string>>;
  now: number;
}

export function createApplicationOffice({ store, settings, deadline, versions }: OfficeParts) {
  return {
    /** `stale`: somebody else has changed it meanwhile. `refused`: this step does not follow. */
    async decide(
      id: string,
      { revision, state, by, why, filled, now }: Decision,
    ): Promise<'done' | 'stale' | 'refused' | 'missing'> {
      const application = await store.find(id);
      const how = application && settings(application.programme);
      if (!application || !how) return 'missing';
      if (application.revision !== revision) return 'stale';
      if (!following[application.state].includes(state)) return 'refused';
      const step = { state, at: new Date(now), by, why, rules: versions(how.rules, now) };
      const after = await store.step(id, revision, step, {
        ...(state === 'checking' ? deadline(application.programme, now) : { dueAt: null, promised: false }),
        ...(filled && { filled: { ...application.filled, ...filled } }),
        ...(toldStates.includes(state) && {
          notice: { state, number: (application.notice?.number ?? 0) + 1, at: now, planned: false },
        }),
      });
      if (!after) return 'stale';
      if (state === 'approved') await store.learn(application.person, how.approvedFacts, by, new Date(now));
      return 'done';
    },

    /** What a page shows an officer as the next thing to do. */
    nextOf: ({ state }: Application): readonly ApplicationState[] => following[state],
  };
}

export type ApplicationOffice = ReturnType<typeof createApplicationOffice>;
