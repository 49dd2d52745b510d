/** What a channel hears of messages goes into the ledger. */
import { messageOf } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';
import type { Ledger } from './store.ts';

/** "d:…/2" is the second message of a delivery; every other id belongs to an answer and is not ours. */
export async function noteReceipts(
  ledger: Ledger,
  ids: readonly string[],
  state: 'confirmed' | 'delivered' | 'read',
  now: number,
  log: Log,
): Promise<void> {
  const deliveries = [...new Set(ids.filter((id) => id.startsWith('d:')).map((id) => id.replace(/\/\d+$/, '')))];
  if (deliveries.length === 0) return;
  await ledger
    .receipt(deliveries, state, now)
    .catch((error: unknown) =>
      log.warn({ why: messageOf(error) }, 'a receipt could not be noted; the next one tells it again'),
    );
}
