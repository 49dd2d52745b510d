/** Whether a conversation has handled a message already. Pure. */
import { HANDLED_KEPT, WORKERS_KEPT, type Conversation, type Inbound } from './ports.ts';

/**
 * A conversation remembers the newest places of the newest workers. Of a copy that is older than all it remembers, it is
 * taken for granted that it was handled.
 */
export function isHandled({ handled }: Conversation, { worker, order }: Inbound, copy = false): boolean {
  const places = handled[worker];
  if (places?.includes(order)) return true;
  if (!copy) return false;
  return places
    ? places.length >= HANDLED_KEPT && order < (places[0] ?? 0)
    : Object.keys(handled).length >= WORKERS_KEPT;
}
