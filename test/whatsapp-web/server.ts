/**
 * WhatsApp as the page sees it: accounts, chats, receipts. It stands where WhatsApp itself would be, at the wire; it checks
 * everything that it is sent, keeps what was said when a page dies, and misbehaves as it is told.
 */
import { WebSocketServer, type WebSocket } from 'ws';
import { z } from 'zod';

/** The number that the office pairs. */
export const OFFICE = '15550100000@c.us';

const address = z.string().regex(/^\d+@(?:c\.us|lid)$/, 'only people are written to');
const text = z.string().min(1).max(65_536);
const base = { id: z.string().regex(/^3EB0[0-9A-F]{6,}\d{6}$/), to: address };

/** What a client may send; anything else is noted as a fault of ours. */
const outgoingSchema = z.discriminatedUnion('type', [
  z.strictObject({ ...base, type: z.literal('chat'), body: text }),
  z.strictObject({
    ...{ ...base, type: z.literal('location'), body: z.string(), lat: z.number().min(-90).max(90) },
    ...{ lng: z.number().min(-180).max(180), loc: z.string() },
  }),
  z.strictObject({
    ...{ ...base, type: z.enum(['image', 'document', 'ptt', 'audio', 'video']), body: z.literal('') },
    ...{ media: z.base64().min(1), mimetype: z.string().min(3), caption: z.string(), filename: z.string() },
  }),
]);
export type Sent = z.infer<typeof outgoingSchema>;

/** What stands on the phone. */
export const wordsOf = (sent: Sent): string => ('caption' in sent ? sent.caption : sent.body);

const fromPage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('hello'), device: z.string().nullable(), agent: z.string(), again: z.boolean() }),
  z.strictObject({ type: z.literal('sent'), message: z.unknown() }),
  z.strictObject({ type: z.enum(['seen', 'typing']), chat: z.string() }),
  z.strictObject({ type: z.literal('got'), chat: z.string(), id: z.string() }),
  z.strictObject({ type: z.enum(['takeover', 'refresh', 'continued']) }),
  z.strictObject({ type: z.enum(['query', 'no lid', 'hung']), address: z.string() }),
  z.strictObject({ type: z.literal('download'), path: z.string(), number: z.number() }),
  z.strictObject({ type: z.literal('code'), phone: z.string(), number: z.number() }),
]);
type FromPage = z.infer<typeof fromPage>;

/** The path of a file that never comes. */
export const SLOW = '/media/slow';

/** A message as a person's phone sends it. Whatever else stands in it goes into the page's model as it is. */
export interface PhoneMessage extends Record<string, unknown> {
  id: string;
  chat: string;
  body?: string;
  fromMe?: boolean;
  /** Seconds since the epoch. */
  t: number;
}

/** How a send to an address ends; `all` is the rule. */
export type SendBehaviour =
  'well' | 'no ack' | 'refused' | 'never settles' | 'hangs' | 'throws' | 'mute' | 'no lid' | 'offline' | 'late ack';

const peaceful = {
  /** Behind each lid: the phone, and whether the page knows or can learn it. */
  lids: [] as { lid: string; phone?: string; known: boolean }[],
  unregistered: [] as string[],
  /** Modules that the page has no more. */
  missing: [] as string[],
  /** The property that a message key's written form stands in. */
  keys: '_serialized' as '_serialized' | '$1',
  send: { all: 'well' } as Record<string, SendBehaviour>,
  queries: 'well' as 'well' | 'time out',
  typing: 'well' as 'well' | 'throws' | 'hangs',
  syncs: true,
  dialog: false,
};
export type Behaviour = typeof peaceful;

export class WhatsAppServer {
  /** Everything that reached people's phones, in order. */
  readonly sent: Sent[] = [];
  /** What we sent that WhatsApp would not take; must stay empty. */
  readonly faults: string[] = [];
  /** What the page told, by its kind, with the address it was about. */
  readonly heard: { type: string; about: string }[] = [];
  /** As what the browsers of the pages have named themselves. */
  readonly agents: string[] = [];
  behaviour: Behaviour;
  readonly #usual: Behaviour;
  /** Linked devices; `any` lets every page in. */
  device: string | undefined = 'any';
  /** Milliseconds after which a late ack comes. */
  lateAck = 300;
  /** Pages are let in; false is a network that is gone. */
  reachable = true;
  readonly #history = new Map<string, PhoneMessage[]>();
  readonly #unread = new Map<string, number>();
  readonly #media = new Map<string, string>();
  readonly #server: WebSocketServer;
  /** Incoming messages that the page has not said to have. */
  readonly #untold = new Map<string, { message: PhoneMessage; unread: number }>();
  readonly #taken = new Set<string>();
  #page: WebSocket | undefined;
  #count = 0;

  private constructor(server: WebSocketServer, behaviour: Partial<Behaviour>) {
    this.#server = server;
    this.#usual = { ...peaceful, ...behaviour };
    this.behaviour = this.#usual;
    server.on('connection', (page) => {
      page.on('message', (data) => this.#hear(page, fromPage.parse(JSON.parse((data as Buffer).toString()))));
    });
  }

  /** @param behaviour how it behaves unless it is told otherwise */
  static async start(behaviour: Partial<Behaviour> = {}): Promise<WhatsAppServer> {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    await new Promise((resolve) => server.once('listening', resolve));
    return new WhatsAppServer(server, behaviour);
  }

  /** Where the page finds it. */
  get address(): string {
    const at = this.#server.address();
    return `ws://127.0.0.1:${at !== null && typeof at === 'object' ? at.port : 0}`;
  }

  async stop(): Promise<void> {
    for (const client of this.#server.clients) client.terminate();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** As at the beginning: nothing was sent, nobody wrote, and it behaves well. A page that is there stays. */
  reset(): void {
    this.sent.length = 0;
    this.faults.length = 0;
    this.heard.length = 0;
    this.#history.clear();
    this.#unread.clear();
    this.behave(this.#usual);
  }

  /** How often the page told something of this kind about an address. */
  heardOf(type: string, about?: string): number {
    return this.heard.filter((one) => one.type === type && (about === undefined || one.about === about)).length;
  }

  /** From now on it behaves so; what is not named stays. */
  behave(changes: Partial<Behaviour>): void {
    this.behaviour = { ...this.behaviour, ...changes };
    this.tell({ type: 'behave', ...changes });
  }

  /** Says something to the page, if there is one. */
  tell(message: Record<string, unknown>): void {
    if (this.#page?.readyState === 1) this.#page.send(JSON.stringify(message));
  }

  /** Whether a page is connected. */
  get hasPage(): boolean {
    return this.#page?.readyState === 1;
  }

  /** The page is gone, or cannot be reached. */
  cut(): void {
    this.#page?.terminate();
  }

  /** A person sends a message; the id that it got. Whoever is not there hears of it later. */
  incoming(chat: string, message: Partial<PhoneMessage> & Record<string, unknown> = {}): string {
    return this.incomingTogether(chat, [message])[0] ?? '';
  }

  /** Several messages of a person that arrive in one moment, in this order, whatever their times say. */
  incomingTogether(chat: string, messages: readonly (Partial<PhoneMessage> & Record<string, unknown>)[]): string[] {
    const news = messages.map((message) => {
      const id = message.id ?? `AA${String(++this.#count).padStart(6, '0')}`;
      const t = message.t ?? Math.floor(Date.now() / 1000);
      const full: PhoneMessage = { type: 'chat', body: 'halo', ...message, id, chat, t };
      this.#history.set(chat, [...(this.#history.get(chat) ?? []).filter((other) => other.id !== id), full]);
      if (full.fromMe !== true) this.#unread.set(chat, (this.#unread.get(chat) ?? 0) + 1);
      return { message: full, unread: this.#unread.get(chat) ?? 0 };
    });
    for (const one of news) this.#untold.set(`${chat} ${one.message.id}`, one);
    this.tell({ type: 'incoming', messages: news });
    return news.map(({ message }) => message.id);
  }

  /** A file that the page can fetch; its path. */
  addMedia(bytes: Buffer): string {
    const path = `/media/${++this.#count}`;
    this.#media.set(path, bytes.toString('base64'));
    return path;
  }

  unread(chat: string): number {
    return this.#unread.get(chat) ?? 0;
  }

  ack(sent: Pick<Sent, 'id' | 'to'>, ack: number): void {
    this.tell({ type: 'ack', chat: sent.to, id: sent.id, ack });
  }

  /** The office's phone scans the code. */
  pair(): void {
    this.device = `device ${++this.#count}`;
    this.tell({ type: 'pair', device: this.device });
  }

  /** The office's phone unlinks this device. */
  logout(): void {
    this.device = undefined;
    this.tell({ type: 'logout' });
  }

  #hear(page: WebSocket, message: FromPage): void {
    switch (message.type) {
      case 'hello':
        if (!this.reachable) return page.terminate();
        this.#page = page;
        this.agents.push(message.agent);
        if (message.again) page.send(JSON.stringify({ type: 'again', messages: [...this.#untold.values()] }));
        else {
          // A page that starts anew finds them among the unread.
          this.#untold.clear();
          page.send(JSON.stringify({ type: 'world', ...this.#worldFor(message.device) }));
        }
        return;
      case 'got':
        return void this.#untold.delete(`${message.chat} ${message.id}`);
      case 'sent':
        return this.#take(message.message);
      case 'seen':
        this.#unread.delete(message.chat);
        break;
      case 'download': {
        // It is on its way for ever.
        if (message.path === SLOW) break;
        const value = this.#media.get(message.path);
        const answer = value === undefined ? { type: 'refusal', why: 'r: r' } : { type: 'answer', value };
        page.send(JSON.stringify({ ...answer, number: message.number }));
        break;
      }
      case 'code':
        page.send(JSON.stringify({ type: 'answer', number: message.number, value: 'ABCD1234' }));
        break;
      case 'continued':
      case 'hung':
      case 'no lid':
      case 'query':
      case 'refresh':
      case 'takeover':
      case 'typing':
    }
    const about = 'chat' in message ? message.chat : 'address' in message ? message.address : '';
    this.heard.push({ type: message.type, about: 'phone' in message ? message.phone : about });
  }

  #worldFor(device: string | null): Record<string, unknown> {
    const paired = this.device === 'any' || (device !== null && device === this.device);
    const history = [...this.#history.values()].flat().sort((a, b) => a.t - b.t);
    return { ...this.behaviour, paired, me: OFFICE, history, unread: Object.fromEntries(this.#unread) };
  }

  #take(given: unknown): void {
    const result = outgoingSchema.safeParse(given);
    if (!result.success) return void this.faults.push(z.prettifyError(result.error));
    const message = result.data;
    // The page sends again what it has not heard of; it is the same message.
    if (this.#taken.has(message.id)) return this.#acknowledge(message);
    this.#taken.add(message.id);
    this.sent.push(message);
    const { id, to, type, body } = message;
    const t = Math.floor(Date.now() / 1000);
    this.#history.set(to, [...(this.#history.get(to) ?? []), { id, chat: to, type, body, fromMe: true, t }]);
    this.#acknowledge(message);
  }

  #acknowledge(message: Sent): void {
    const behaviour = this.behaviour.send[message.to] ?? this.behaviour.send['all'];
    if (behaviour === 'refused') this.ack(message, -1);
    else if (behaviour === 'late ack') setTimeout(() => this.ack(message, 1), this.lateAck);
    else if (behaviour !== 'no ack') this.ack(message, 1);
  }
}
