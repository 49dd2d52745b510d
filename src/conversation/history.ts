/**
 * What we said, kept beside what people wrote, so that staff see the whole talk. It is written when it is known what became
 * of a message, and travels with the messages that come in, so that a turn takes no round trip more; what finds no
 * company goes by itself after a moment. Until it is written its entry stays in the outbox, which is what a restart goes by.
 */
import { messageOf } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';
import type { ConversationStore, Inbound, OutboxEntry, Said, SaidState } from './ports.ts';

/** How long what was said waits for company, in milliseconds. */
const PATIENCE = 250;

interface Waiting {
  said: Said;
  written(): void;
}

/** Early ticks that are remembered: more than can be under way at a time. */
const EARLY_KEPT = 2_000;

/** A later state never gives way to an earlier one. */
const ranks: Record<SaidState, number> = {
  failed: 0,
  unknown: 0,
  'handed over': 0,
  confirmed: 1,
  delivered: 2,
  read: 3,
};

export class History {
  readonly #store: Pick<ConversationStore, 'insertMessages' | 'receipt'>;
  readonly #log: Log;
  /** By id; what is being written is still here. */
  readonly #waiting = new Map<string, Waiting>();
  /** Ticks of messages that were not in the history yet, the newest last: a phone may be quicker than a database. */
  readonly #early = new Map<string, SaidState>();
  #timer: NodeJS.Timeout | undefined;

  constructor(store: Pick<ConversationStore, 'insertMessages' | 'receipt'>, log: Log) {
    this.#store = store;
    this.#log = log;
  }

  /** `written` is called when it stands in the database. */
  add(said: Said, written: () => void = () => undefined): void {
    const early = this.#early.get(said.id);
    this.#early.delete(said.id);
    if (early !== undefined && ranks[early] > ranks[said.state]) said.state = early;
    this.#waiting.set(said.id, { said, written });
    this.#timer ??= setTimeout(() => void this.flush(), PATIENCE).unref();
  }

  /** Whether an outbox entry may go: what was said stands in the history, or was never to stand there. */
  isWritten = (id: string): boolean => !this.#waiting.has(id);

  /** Stores what came in, and with it what was said. @throws BusyError; what was said then waits for the next company. */
  async insert(messages: readonly Inbound[]): Promise<readonly ('new' | 'duplicate')[]> {
    // What waits has found company; it is for what comes later to wait for its own.
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const company = [...this.#waiting.values()];
    const states = company.map(({ said }) => said.state);
    const outcome = await this.#travel(
      messages,
      company.map(({ said }) => said),
    );
    company.forEach(({ said, written }, index) => {
      if (this.#waiting.get(said.id)?.said !== said) return;
      this.#waiting.delete(said.id);
      written();
      // A receipt that came while it was being written is not in what was written.
      if (said.state !== states[index] && ranks[said.state] > 0) void this.receipt([said.id], said.state as 'read');
    });
    return outcome;
  }

  /** Writes what waits. A database that is away is tried again in a while, or with the next company. */
  async flush(): Promise<void> {
    if (this.#waiting.size === 0) return;
    try {
      await this.insert([]);
    } catch (error) {
      this.#log.warn({ why: messageOf(error) }, 'what was said could not be noted yet; trying again');
    }
  }

  async #travel(messages: readonly Inbound[], said: readonly Said[]): Promise<readonly ('new' | 'duplicate')[]> {
    try {
      return await this.#store.insertMessages(messages, said);
    } catch (error) {
      if (said.length > 0) this.#timer ??= setTimeout(() => void this.flush(), PATIENCE * 8).unref();
      throw error;
    }
  }

  /** These messages went out, came to the phone, or were read there. */
  async receipt(ids: readonly string[], state: 'confirmed' | 'delivered' | 'read'): Promise<void> {
    const stored: string[] = [];
    for (const id of ids) {
      const waiting = this.#waiting.get(id);
      if (!waiting) {
        stored.push(id);
        this.#remember(id, state);
      } else if (ranks[state] > ranks[waiting.said.state]) waiting.said.state = state;
    }
    if (stored.length === 0) return;
    try {
      await this.#store.receipt(stored, state);
    } catch (error) {
      this.#log.warn({ why: messageOf(error) }, 'a tick could not be noted; the next one tells it again');
    }
  }

  #remember(id: string, state: SaidState): void {
    const known = this.#early.get(id);
    if (known === undefined || ranks[state] > ranks[known]) this.#early.set(id, state);
    if (this.#early.size > EARLY_KEPT) this.#early.delete(this.#early.keys().next().value ?? '');
  }
}

/** An outbox entry as the history keeps it. */
export const saidOf = (
  { id, text, options, numbered, attachment, at, by }: Omit<OutboxEntry, 'key' | 'state' | 'resend' | 'worker'>,
  to: { channel: string; address: string },
  state: SaidState,
): Said => ({
  ...{ id, channel: to.channel, aliases: [to.address], text, at, state },
  ...(options.length > 0 && { options, numbered }),
  ...(attachment && { attachment }),
  ...(by !== undefined && { by }),
});
