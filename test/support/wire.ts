/** A channel that stands where WhatsApp would be, at the wire: it checks what it is sent, and does what a test tells it. */
import { z } from 'zod';
import type {
  Channel,
  ChannelEvents,
  IncomingMessage,
  OutgoingMessage,
  SendResult,
} from '../../src/channels/channel.ts';
import { MESSAGE_LENGTH, MESSAGE_LINES } from '../../src/conversation/render.ts';
import { numberedText } from '../../src/channels/channel.ts';

const sentSchema = z
  .strictObject({
    id: z.string().min(1),
    to: z.string().min(1),
    text: z.string(),
    options: z.array(z.strictObject({ id: z.string().min(1), label: z.string().min(1).max(20) })).max(5),
    numbered: z.boolean(),
    attachment: z
      .discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('file'), id: z.string().min(1), type: z.string(), name: z.string() }),
        z.strictObject({ kind: z.literal('pin'), latitude: z.number(), longitude: z.number(), name: z.string() }),
      ])
      .optional(),
  })
  .refine(({ text, attachment }) => text !== '' || attachment !== undefined, 'a message says something')
  .refine((message) => numberedText(message).length <= MESSAGE_LENGTH, 'a message is short')
  .refine((message) => numberedText(message).split('\n').length <= MESSAGE_LINES, 'a message has few lines');

export class Wire implements Channel {
  readonly id: string;
  readonly sent: OutgoingMessage[] = [];
  /** What a send answers; a test may make it hang, throw or fail. */
  answer: (message: OutgoingMessage) => Promise<SendResult> = () => Promise.resolve({ state: 'confirmed' });
  connected = true;
  events: ChannelEvents | undefined;
  #number = 0;

  constructor(id = 'wire') {
    this.id = id;
  }

  start(events: ChannelEvents): Promise<void> {
    this.events = events;
    return Promise.resolve();
  }
  stop(): Promise<void> {
    this.events = undefined;
    return Promise.resolve();
  }
  isConnected = (): boolean => this.connected;
  sentAmong = (ids: readonly string[]): Promise<string[]> =>
    Promise.resolve(ids.filter((id) => this.sent.some((message) => message.id === id)));

  async send(message: OutgoingMessage): Promise<SendResult> {
    sentSchema.parse(message);
    const result = await this.answer(message);
    if (result.state !== 'failed') this.sent.push(message);
    return result;
  }

  /** Delivers a text as a channel does. */
  deliver(from: string, text: string, more: Partial<IncomingMessage> = {}): Promise<'accepted' | 'duplicate'> {
    if (!this.events) throw new Error('The wire is not started');
    return this.events.receive({
      channel: this.id,
      externalId: `${from}/${++this.#number}`,
      aliases: [from],
      kind: 'text',
      text,
      at: 0,
      ...more,
    });
  }

  /** Texts sent to an address, in order. */
  textsTo = (to: string): string[] => this.sent.filter((message) => message.to === to).map(({ text }) => text);
}
