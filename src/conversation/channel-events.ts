/** What a channel may call: each of its events, joined with the parts that it concerns. */
import type { Channel, ChannelEvents, IncomingMessage } from '../channels/channel.ts';
import { KawanError } from '../shared/errors.ts';
import type { Delivery } from './delivery.ts';
import { wholeFile, wordsOf } from './hidden.ts';
import type { History } from './history.ts';
import type { ConversationParts } from './conversations.ts';

/** Who speaks where nobody has signed in: somebody on the office's own phone. */
const PHONE = 'phone';

export interface Hearing {
  parts: Pick<ConversationParts, 'store' | 'clock' | 'deciding' | 'takeoverUntil' | 'receipts'>;
  history: History;
  delivery: Delivery;
  receive(message: IncomingMessage): Promise<'accepted' | 'duplicate'>;
}

export function eventsOf(channel: Channel, { parts, history, delivery, receive }: Hearing): ChannelEvents {
  const { store, clock, deciding, takeoverUntil } = parts;
  const receipt = (ids: readonly string[], state: 'confirmed' | 'delivered' | 'read') => {
    void history.receipt(ids, state);
    parts.receipts?.(ids, state);
  };
  return {
    receive: (message) => {
      if (message.channel !== channel.id)
        throw new KawanError('A channel may only bring its own messages', { channel: channel.id });
      return receive(message);
    },
    confirm: (ids) => {
      delivery.confirm(ids);
      receipt(ids, 'confirmed');
    },
    receipt,
    connected: () => void delivery.drain(channel.id),
    async takenOver(alias, { id, text }) {
      const at = clock.now();
      await store.takeOver(alias, { staff: PHONE, until: takeoverUntil(at) });
      const own = `${channel.id}:own:${id}`;
      const { text: kept = '', whole } = await wordsOf(text, own, deciding.secrets);
      const file = whole !== undefined && { ...wholeFile, id: whole };
      const said = { id: own, channel: channel.id, aliases: [alias] as const, text: kept, at };
      history.add({
        ...said,
        ...(file && { attachment: { kind: 'file' as const, ...file } }),
        state: 'confirmed',
        by: PHONE,
      });
    },
    alert: (kind, alias) => {
      const contact = alias === undefined ? channel.id : `${channel.id}:${alias}`;
      return deciding.cases.open({ contact, kind, flow: '', node: '', message: '', at: clock.now() });
    },
  };
}
