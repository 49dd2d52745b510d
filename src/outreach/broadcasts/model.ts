/** Broadcasts: one text to many, and to whom. */
import { z } from 'zod';

/** Where a reply goes: nowhere in particular, to staff, or into a flow. */
export const replies = ['none', 'case', 'events', 'register', 'information'] as const;
export type Reply = (typeof replies)[number];

const words = z.array(z.string().min(1)).min(1);

/** Whom it is for. What is not given does not narrow. Instants are milliseconds since the epoch. */
export const audienceSchema = z.strictObject({
  crafts: words.optional(),
  /** Official codes. */
  kelurahan: words.optional(),
  standing: z
    .array(z.enum(['declared', 'matched', 'verified', 'rejected']))
    .min(1)
    .optional(),
  groups: z.boolean().optional(),
  yearsFrom: z.int().min(0).optional(),
  yearsTo: z.int().min(0).optional(),
  languages: words.optional(),
  /** Takes part in this event. */
  event: z.string().optional(),
  /** Has used this programme. */
  programme: z.enum(['registration', 'events']).optional(),
  /** Wrote last after, or before, this instant. */
  heardAfter: z.number().optional(),
  heardBefore: z.number().optional(),
  /** An uploaded list: ids of persons. */
  persons: z.array(z.string()).max(10_000).optional(),
});
export type Audience = z.infer<typeof audienceSchema>;

/** A step of the database's own way to go through documents (an aggregation stage). */
export type Stage = Record<string, unknown>;

/** How many contacts an audience reaches, and the first of them, by contact. */
export interface Glance {
  count: number;
  sample: { _id: string; name: string }[];
}

/** Whom an audience reaches just now. Each contact counts once, however many persons share it. */
export interface Recipients {
  glance(audience: Audience, limit: number): Promise<Glance>;
  /** Sends those whose person's id lies after one and up to another through further stages, inside the database. */
  into(audience: Audience, stages: readonly Stage[], after: string, upTo?: string): Promise<void>;
  /** The id of the person that stands `size` places after one; undefined near the end. */
  placeAfter(after: string, size: number): Promise<string | undefined>;
}

export const broadcastStates = [
  'draft',
  'agreeing',
  'waiting',
  'planning',
  'running',
  'paused',
  'stopped',
  'cancelled',
  'done',
] as const;
export type BroadcastState = (typeof broadcastStates)[number];

export interface Broadcast {
  _id: string;
  text: string;
  attachment: { id: string; type: string; name: string } | null;
  audience: Audience;
  reply: Reply;
  /** It may also go to those who have never written to the office's present number. */
  cold: boolean;
  /** Who made it, and who agreed: contacts of staff, or "office" for a command. */
  by: string;
  second: string | null;
  state: BroadcastState;
  /** How many it will reach, counted when it was made ready. */
  recipients: number | null;
  /** When to begin, and from when on it is of no use. */
  at: number;
  until: number;
  /** The place that planning has reached; null when all are planned. */
  cursor: string | null;
  planned: boolean;
  /** Whose planning it is until when. */
  lease: number;
  reason: string | null;
  createdAt: Date;
}

/** A text as one recipient sees it: {nama} is their name. */
export const textFor = (text: string, name: string): string => text.replace(/\{nama\}/giu, name);
