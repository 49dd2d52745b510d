/** Two contacts turn out to be one person: which conversation stays, and what it takes over from the other. Pure. */
import { HANDLED_KEPT, WORKERS_KEPT, type Conversation, type Merge } from './ports.ts';

/** The newer talk goes on; persons, addresses and handled places of all are kept. @param found at least two */
export function mergeOf(found: readonly Conversation[]): Merge {
  const [kept, ...others] = [...found].sort((a, b) => (b.heardAt ?? 0) - (a.heardAt ?? 0)) as [
    Conversation,
    ...Conversation[],
  ];
  const all = [kept, ...others];
  const unfinished = all.find((one) => one.unfinished !== undefined)?.unfinished;
  const takeover = all.flatMap((one) => one.takeover ?? []).sort((a, b) => b.until - a.until)[0];
  return {
    kept: {
      ...kept,
      aliases: [...new Set(all.flatMap(({ aliases }) => aliases))],
      persons: [...new Set(all.flatMap(({ persons }) => persons))],
      // Who wanted no messages under one address wants none under the other.
      muted: all.some(({ muted }) => muted),
      handled: handledOf(all),
      ...(unfinished !== undefined && { unfinished }),
      ...(takeover !== undefined && { takeover }),
    },
    ended: others.map(({ id, revision }) => ({ id, revision })),
  };
}

/** The newest places of the newest workers, as one conversation would have kept them. */
function handledOf(all: readonly Conversation[]): Conversation['handled'] {
  const workers = [...new Set(all.flatMap(({ handled }) => Object.keys(handled)))].slice(0, WORKERS_KEPT);
  const placesOf = (worker: string): number[] =>
    [...new Set(all.flatMap(({ handled }) => handled[worker] ?? []))].sort((a, b) => a - b).slice(-HANDLED_KEPT);
  return Object.fromEntries(workers.map((worker) => [worker, placesOf(worker)]));
}
