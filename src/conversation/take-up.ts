/** Goes on with what a worker that died had taken in. */
import { messageOf } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';
import type { ConversationStore, Inbound, WorkerState } from './ports.ts';

/** Messages read at once. */
const PAGE = 500;

export interface TakingUp {
  store: Pick<ConversationStore, 'inboundAfter' | 'removeWorker'>;
  log: Log;
  /** Whether a message is in a lane already. */
  isUnderWay(id: string): boolean;
  /** Resolves when it has been handled; `settled` is called when nothing more will become of it. */
  handle(message: Inbound, settled: () => void): Promise<void>;
}

/** The worker is crossed out when all of it is settled. */
export async function takeUpFrom(dead: WorkerState, { store, log, isUnderWay, handle }: TakingUp): Promise<void> {
  let open = 1;
  const one = () => {
    open--;
    if (open > 0) return;
    store
      .removeWorker(dead.id)
      .catch((error: unknown) => log.warn({ why: messageOf(error) }, 'a dead worker could not be crossed out'));
  };
  let place = dead.settled;
  let count = 0;
  for (let page = await store.inboundAfter(dead.id, place, PAGE); page.length > 0;) {
    const fresh = page.filter((message) => !isUnderWay(message.id));
    open += fresh.length;
    count += fresh.length;
    await Promise.all(fresh.map((message) => handle(message, one)));
    place = page.at(-1)?.order ?? place;
    page = await store.inboundAfter(dead.id, place, PAGE);
  }
  one();
  log.info({ worker: dead.id, messages: count }, 'took up what a worker had left');
}
