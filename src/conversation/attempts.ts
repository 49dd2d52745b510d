/** A message is tried until its turn is committed. What fails for no outside reason is given up in the end, and is then for staff to do. */
import { BusyError, messageOf } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';
import type { CaseStore, Inbound } from './ports.ts';

/** Times that a message is tried when it fails for no outside reason; then it is given up and the person is told. */
const ATTEMPTS = 3;

/** Longest pause between two tries while the database is away, in milliseconds. */
const LONGEST_PAUSE = 2_000;

export interface Attempts {
  /** @param giveUp it has failed so often that the person is only told so */
  attempt(giveUp: boolean): Promise<void>;
  /** Whose message it is, where that is known. */
  contact(): Promise<string | undefined>;
  settled(): void;
  isStopping(): boolean;
  cases: CaseStore;
  log: Log;
  now(): number;
}

/** Resolves when the message needs nothing more, or is left to the next start. */
export async function untilHandled(message: Inbound, attempts: Attempts): Promise<void> {
  const { log } = attempts;
  let faults = 0;
  for (let pause = 50; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    try {
      return await attempts.attempt(faults >= ATTEMPTS);
    } catch (error) {
      if (!(error instanceof BusyError)) faults++;
      const why = messageOf(error);
      log.warn({ message: message.id, why, faults }, 'a turn failed and will be tried again');
      if (faults > ATTEMPTS + 1) {
        log.error({ message: message.id, why }, 'a message was given up; the next one goes on');
        await tellStaff(message, attempts);
        return attempts.settled();
      }
      if (attempts.isStopping()) return;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

/** A message that was given up is one that nobody has answered. */
async function tellStaff({ id, channel, aliases }: Inbound, { cases, contact, now, log }: Attempts): Promise<void> {
  try {
    const whose = (await contact()) ?? `${channel}:${aliases[0]}`;
    await cases.open({ contact: whose, kind: 'given_up', flow: '', node: '', message: id, at: now() });
  } catch (error) {
    log.error({ message: id, why: messageOf(error) }, 'staff could not be told of a message that was given up');
  }
}
