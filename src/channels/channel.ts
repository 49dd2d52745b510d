/**
 * The contract of every channel: two translators and a sender. A channel decides nothing; what it must keep is tested by
 * one suite, `contract.ts`, that every channel passes.
 */
import type { RequestHandler } from 'express';
import { mediaKinds, type Attachment, type MediaKind } from '../engine/index.ts';
import type { Mask } from '../shared/sealed-text.ts';

export { mediaKinds, type Attachment, type MediaKind };

/** Something that a person sent, in our words. */
export interface IncomingMessage {
  channel: string;
  /** The channel's own id of this message; with `channel` it is unique for ever. */
  externalId: string;
  /** Every address by which this person is known, the one to answer first. At least one. */
  aliases: readonly [string, ...string[]];
  kind: 'text' | 'tap' | MediaKind;
  /** The words, for kind "text". Once it is taken in, numbers of cards and codes stand behind masks, and it has an end. */
  text?: string;
  /** The masks in the text: where, and what they hide, sealed. A password or a code was not kept. */
  masks?: readonly Mask[];
  /** The file in which a text stands whole that was too long to be read. */
  whole?: string;
  /** The tapped option and the message it stood in (our id), for kind "tap". */
  tap?: { option: string; prompt: string };
  /** Our id of the message that this one quotes. */
  quoted?: string;
  /** Where the channel keeps the photo, voice note … */
  media?: { id: string; type?: string };
  /** When it was sent, milliseconds since the epoch. */
  at: number;
}

/** Something that we send. Options are shown as buttons where there are any, else as numbered lines. */
export interface OutgoingMessage {
  /** Our id, the same for every attempt. */
  id: string;
  /** The address to send to. */
  to: string;
  text: string;
  options: readonly { id: string; label: string }[];
  /** A digit stands before each option, and may be sent as the answer. */
  numbered: boolean;
  /** A stored file (its id in the store of files) or a place on the map that goes with the text. */
  attachment?: Attachment;
  /** It may go to somebody who has never written to this number. */
  cold?: true;
}

/**
 * What became of a send. `handed over`: the channel took it, whether it arrived will be told by `confirm` or never.
 * `failed`: it certainly did not go out; `retry` says whether trying again can help, `blocked` that the account is being limited. A send that throws is unknown.
 */
export type SendResult =
  | { state: 'confirmed' }
  | { state: 'handed over' }
  | { state: 'failed'; reason: string; retry: boolean; blocked?: true };

/** What a channel calls when something happens. */
export interface ChannelEvents {
  /**
   * Stores the message, then returns; only now may the channel acknowledge it to the outside. A duplicate is normal.
   * @throws BusyError when it could not be stored: the channel must keep it or ask for it again.
   */
  receive(message: IncomingMessage): Promise<'accepted' | 'duplicate'>;
  /** Own echo or acknowledgement: these messages (our ids) did go out. */
  confirm(ids: readonly string[]): void;
  /** These messages (our ids) have come to the phone, or were read there. */
  receipt(ids: readonly string[], state: 'delivered' | 'read'): void;
  /** Connected again: what is queued may be sent. */
  connected(): void;
  /**
   * Somebody of the office wrote in this person's chat by other means: for a while the product says nothing there. `said` is
   * what they wrote, with the channel's id of it, for the history of the talk.
   */
  takenOver(alias: string, said: { id: string; text: string }): Promise<void>;
  /** Something that staff must look at. `alias`: whom it concerns; without it, the channel as a whole. Told once while it is open. */
  alert(kind: string, alias?: string): Promise<void>;
}

/** Limits of the brake against two machines that talk to each other. Spans are milliseconds. */
export interface Brake {
  /** So many answers `within` this span are a person's; more are a machine's. */
  answers: number;
  within: number;
  /** The same text, longer than a short answer, so many times in a row is a machine's. */
  identical: number;
  /** Nothing is said for so long; each further time twice as long. */
  rest: number;
}

/** How a channel goes, in its own words. */
export interface Condition {
  state: string;
  why?: string;
  /** When it came to this state, and when that was written; milliseconds since the epoch. */
  since: number;
  at: number;
  /** What the office's phone has to scan, or type, to link the number; while it is good. */
  pairing?: { code: string; how: 'picture' | 'letters' };
  /** What it has dropped or done, by name. */
  counts: Readonly<Record<string, number>>;
  /** Calls to the outside that do not work any more, by name. */
  broken: readonly string[];
}

export interface Channel {
  readonly id: string;
  start(events: ChannelEvents): Promise<void>;
  /** Whether a send has a chance just now; while false, messages stay queued. */
  isConnected(): boolean;
  send(message: OutgoingMessage): Promise<SendResult>;
  /** Which of these messages (our ids) are known to have gone out, after a restart. */
  sentAmong(ids: readonly string[]): Promise<readonly string[]>;
  /** What an alias is: `account` is one person's for ever, `number` may pass to another. Left out: nothing is known of it. */
  addressKind?(alias: string): 'account' | 'number' | undefined;
  /** Where a machine may be at the other end: how many answers a person gets in a while before nothing is said any more. */
  brake?: Brake;
  /** At most so many messages a day that nobody asked for; only the office's settings limit it where it is not given. */
  daily?: number;
  /** An error that nobody awaited: whether it is this channel's, which then mends itself. */
  absorbs?(error: unknown): boolean;
  /** How long after a person's last message something may be sent to them, in milliseconds; always where it is not given. */
  window?: number;
  /** Shows that an answer is being written. Decoration: never awaited, its failure is the channel's own affair. */
  typing?(to: string): void;
  /** Pages and web hooks of the channel, mounted at "/". */
  routes?: RequestHandler;
  /** How it goes, for staff; the same in every process. */
  condition?(): Promise<Condition>;
  /** A stop is near: what is under way goes out without the pauses of a person. */
  hurry?(): void;
  stop(): Promise<void>;
}

/** The text of a message where options cannot be tapped: numbered lines below it. */
export function numberedText({
  text,
  options,
  numbered,
}: Pick<OutgoingMessage, 'text' | 'options' | 'numbered'>): string {
  if (options.length === 0) return text;
  const lines = options.map(({ label }, index) => (numbered ? `${index + 1}. ${label}` : `• ${label}`));
  return `${text}\n${lines.join('\n')}`;
}
