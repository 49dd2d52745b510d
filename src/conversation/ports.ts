/** What the turn needs from outside, and the documents it works on. Storage implements the ports; nothing here imports it. */
import type { IncomingMessage, OutgoingMessage } from '../channels/channel.ts';
import type { Session } from '../engine/index.ts';
import { DAY } from '../shared/clock.ts';
import type { Wording } from '../shared/sealed-text.ts';
import type { Passing } from './whose.ts';
import type { Broken } from './broken.ts';

/** Who of the office speaks in a chat, until when (milliseconds since the epoch). `phone`: somebody on the office's phone. */
export interface Takeover {
  staff: string;
  until: number;
}

/** How far an outgoing message has come. `unknown`: it may or may not have gone out, and it will not be sent again. */
export type SendState = 'queued' | 'handed over' | 'confirmed' | 'unknown' | 'failed';

/** A message in a conversation's outbox. */
export interface OutboxEntry extends Omit<OutgoingMessage, 'to'>, Wording {
  /** Its place in the outbox: the revision that committed it and its number there, "12_1". */
  key: string;
  state: SendState;
  /** When it was committed, milliseconds since the epoch. */
  at: number;
  /** Doubling it would confuse nobody, so it may be sent once more when nothing is known of it for a while. */
  resend: boolean;
  /** The worker that committed it, and so sends it. */
  worker: string;
  /** When it was sent once more. */
  resentAt?: number;
  /** The member of staff who wrote it; the product itself where there is none. */
  by?: string;
}

/** How far a message has come that stands in the history. */
export type SaidState = Exclude<SendState, 'queued'> | 'delivered' | 'read';

/** A message of ours as the history of a talk keeps it, beside what the person wrote. */
export interface Said {
  id: string;
  channel: string;
  /** The address that it went to. */
  aliases: readonly [string];
  text: string;
  options?: OutgoingMessage['options'];
  numbered?: boolean;
  attachment?: OutgoingMessage['attachment'];
  /** Milliseconds since the epoch. */
  at: number;
  state: SaidState;
  /** The member of staff who wrote it. */
  by?: string;
}

/**
 * A conversation: everything one turn reads and writes, in one document, so that one write is the whole truth.
 * Bounded: the outbox keeps the newest turn's messages and those that are not finished, `handled` the newest places.
 */
export interface Conversation {
  /** The contact's id, given once: channel and first alias. */
  id: string;
  channel: string;
  aliases: readonly string[];
  /** The address to answer to: where the newest message came from. */
  address: string;
  revision: number;
  session: Session | null;
  language: string;
  /** The person wants no messages until they write *mulai*. */
  muted: boolean;
  /** The newest registered or chosen person first. */
  persons: readonly string[];
  /** Whom the messages are for, where several share the phone: the first line says it. */
  speaksFor?: string;
  outbox: readonly OutboxEntry[];
  /** Places (`Inbound.order`) of the newest handled messages, by the worker that took them in. */
  handled: Readonly<Record<string, readonly number[]>>;
  /** Our id of the newest question. */
  prompt?: string;
  /** Our id of the question that was open when we spoke first: an answer may still quote it. */
  promptBefore?: string;
  /** When the person wrote last, milliseconds since the epoch. What we send by ourselves does not count. */
  heardAt?: number;
  /** A form that was begun and not ended. */
  unfinished?: { flow: string; begun: number };
  /** A member of staff speaks in this chat until then; the product says nothing by itself. */
  takeover?: Takeover;
  /** That something of ours is wrong was said lately; see `broken.ts`. */
  broken?: Broken;
  /** Conversations that turned out to be of the same person and ended in this one. */
  merged?: readonly string[];
  /** Nothing has been said yet, and the number was somebody else's before. Not stored. */
  newcomer?: boolean;
}

/** A stored inbound message. `order` grows within one worker; `worker` took it in. */
export interface Inbound extends IncomingMessage {
  id: string;
  worker: string;
  order: number;
  /** No message of the person, but something that staff do in the chat; it is handled in the same way, once and in order. */
  staff?: StaffAct;
}

/** What a member of staff does in a chat. The words are the message's text. */
export interface StaffAct {
  does: 'take' | 'say' | 'give back';
  /** The member of staff, and the name that the person is told; '' where time gives the chat back. */
  by: string;
  name: string;
  /** Until when the chat is theirs, milliseconds since the epoch. */
  until: number;
  attachment?: OutgoingMessage['attachment'];
}

/** A turn's one write: what changes in the conversation. `expected` is the revision that was loaded, 0 for a new one. */
export interface Commit {
  id: string;
  channel: string;
  expected: number;
  set: Pick<Conversation, 'address' | 'session' | 'language' | 'muted' | 'persons'> & {
    prompt?: string;
    promptBefore?: string;
    speaksFor?: string;
    heardAt?: number;
    unfinished: { flow: string; begun: number } | null;
    broken?: Broken;
    /** Given: staff begin to speak, go on, or (null) give the chat back. Left out: as it is. */
    takeover?: Takeover | null;
  };
  /** Aliases that are new. */
  aliases: readonly string[];
  outbox: readonly OutboxEntry[];
  /** Keys of finished outbox entries that may go. */
  finished: readonly string[];
  /** The message that led to it; none where we speak first. */
  handled?: { worker: string; order: number };
  /** Workers whose handled places may go: they have been settled long ago. */
  forgotten: readonly string[];
  /** Milliseconds since the epoch. */
  at: number;
}

/** Places of handled messages that a conversation keeps a worker; a worker writes its place down before there are more. */
export const HANDLED_KEPT = 100;

/** Workers whose places a conversation keeps: the one that commits, and those whose messages may still be taken up. */
export const WORKERS_KEPT = 4;

/** After so long a silence another person may hold the phone (conversation rule 7), in milliseconds: 90 days. */
export const LONG_SILENCE = 90 * DAY;

/** Conversations of one person that become one. */
export interface Merge {
  /** The one that stays, with its new content. */
  kept: Conversation;
  /** Those that end, with the revisions that were read. */
  ended: readonly { id: string; revision: number }[];
}

/** States of messages in one conversation's outbox that have become known. */
export interface Mark {
  conversation: string;
  /** Keys of outbox entries. */
  keys: readonly string[];
  state: SendState;
  at: number;
  resent?: boolean;
}

/** A worker's place: every inbound message it took in up to `settled` needs nothing more. */
export interface WorkerState {
  id: string;
  host: string;
  pid: number;
  settled: number;
  /** Last sign of life, milliseconds since the epoch. */
  seenAt: number;
}

/** Each call is one round trip for many contacts; results stand in the order of the input. */
export interface ConversationStore {
  /** Stores what came in, and with it what we said lately; the results are of what came in. */
  insertMessages(inbound: readonly Inbound[], said: readonly Said[]): Promise<readonly ('new' | 'duplicate')[]>;
  /** A tick for messages of ours that stand in the history; a later one is never taken back. */
  receipt(ids: readonly string[], state: 'confirmed' | 'delivered' | 'read'): Promise<void>;
  /** The conversations that any of each message's aliases belongs to; none for a new contact. */
  load(aliases: readonly (readonly string[])[]): Promise<readonly (readonly Conversation[])[]>;
  conversation(id: string): Promise<Conversation | undefined>;
  /** Joins conversations of one person. False: another turn came in between, and nothing was changed. */
  merge(merge: Merge): Promise<boolean>;
  /** Takes addresses away that somebody else writes from now. False: another turn came in between, and nothing was changed. */
  pass(passing: Passing): Promise<boolean>;
  /** Staff speak in the chat of this alias until then, if there is one. Turns that are under way are not disturbed. */
  takeOver(alias: string, takeover: Takeover): Promise<void>;
  /** Chats whose takeover has run out and that were not given back yet; at most `limit`. */
  takeoversOver(now: number, limit: number): Promise<readonly string[]>;
  commit(commits: readonly Commit[]): Promise<readonly ('done' | 'conflict')[]>;
  mark(marks: readonly Mark[]): Promise<readonly void[]>;
  /** Puts other words in the place of what a stored message said, and forgets what was hidden in it. */
  reword(id: string, text: string): Promise<void>;
  findInbound(id: string): Promise<Inbound | undefined>;
  /** Inbound messages of a worker beyond its settled place, in order, at most `limit`. */
  inboundAfter(worker: string, order: number, limit: number): Promise<readonly Inbound[]>;
  saveWorker(state: WorkerState): Promise<void>;
  workers(): Promise<readonly WorkerState[]>;
  removeWorker(id: string): Promise<void>;
}

/** Something for staff. One open case a contact and kind; touching it again counts. */
export interface CaseRequest {
  contact: string;
  kind: string;
  flow: string;
  node: string;
  /** Inbound message that led to it; the same one counts once. */
  message: string;
  at: number;
}

export interface CaseStore {
  open(request: CaseRequest): Promise<void>;
  /** The person has written where staff speak: their open cases have something new. */
  touch(contact: string, message: string, at: number): Promise<void>;
}
