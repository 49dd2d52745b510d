/** What staff have decided about programmes, on MongoDB: the state of each, by whom and why. The audit holds what was before. */
import type { Connection } from 'mongoose';
import type { ProgrammeState, StateChange } from '../../content/programme-states.ts';
import { orBusy } from '../../storage/transient.ts';

export interface StoredState extends StateChange {
  _id: string;
  state: ProgrammeState;
  by: string;
  at: Date;
}

export function createProgrammeStore(connection: Connection) {
  const states = connection.collection<StoredState>('programme_states');
  return {
    all: (): Promise<StoredState[]> =>
      orBusy(() =>
        states
          .find({ _id: { $gte: '' } })
          .limit(100)
          .toArray(),
      ),
    async save({ _id, ...rest }: StoredState): Promise<void> {
      await orBusy(() => states.updateOne({ _id }, { $set: rest }, { upsert: true }));
    },
  };
}
