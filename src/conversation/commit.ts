/** A turn's one write, put together from what the turn decided. Pure. */
import { openForm, type Library, type Session } from '../engine/index.ts';
import type { ContactChange } from '../programmes/programme.ts';
import type { Broken } from './broken.ts';
import {
  WORKERS_KEPT,
  type Commit,
  type Conversation,
  type Inbound,
  type OutboxEntry,
  type Takeover,
} from './ports.ts';
import type { Draft } from './render.ts';

/** Who commits, and whether the channel can take messages just now. */
export interface Committing {
  worker: string;
  connected: boolean;
  /** Whether what was said stands in the history; until then its entry stays. */
  isWritten(id: string): boolean;
}

export function commitOf(
  conversation: Conversation,
  message: Inbound,
  drafts: readonly Draft[],
  now: number,
  { worker, connected, isWritten }: Committing,
  change: ContactChange & { session: Session | null; takeover?: Takeover | null; broken?: Broken },
  library: Library,
): Commit {
  const { id, channel, revision } = conversation;
  // Written as handed over in the write that commits the turn: after a crash it is unknown, never sent twice blindly.
  const state = connected ? 'handed over' : 'queued';
  const outbox = drafts.map(({ text, masks, options, numbered, attachment }, index): OutboxEntry => ({
    ...{ key: `${revision + 1}_${index + 1}`, id: `${message.id}/${index + 1}`, text, options, numbered },
    // What a member of staff said is not said twice by itself; they see that it is unknown, and decide.
    ...{ state, at: now, resend: message.staff?.does !== 'say', worker, ...(attachment && { attachment }) },
    ...(masks && { masks }),
    ...(message.staff?.does === 'say' && { by: message.staff.by }),
  }));
  const prompt = outbox[drafts.findLastIndex((draft) => draft.prompt)]?.id ?? conversation.prompt;
  return {
    id,
    channel,
    expected: revision,
    set: {
      address: message.aliases[0],
      session: change.session,
      language: change.language ?? conversation.language,
      muted: change.muted ?? conversation.muted,
      persons: change.persons ?? conversation.persons,
      ...(prompt !== undefined && { prompt }),
      ...(change.speaksFor !== undefined && { speaksFor: change.speaksFor }),
      ...(!message.staff && { heardAt: now }),
      unfinished: openForm(library, change.session) ?? null,
      ...(change.broken && { broken: change.broken }),
      ...(change.takeover !== undefined && { takeover: change.takeover }),
      // One that has run out is over with the first word of ours.
      ...(change.takeover === undefined &&
        conversation.takeover &&
        conversation.takeover.until <= now && { takeover: null }),
    },
    aliases: message.aliases.filter((alias) => !conversation.aliases.includes(alias)),
    outbox,
    finished: conversation.outbox.filter((entry) => isFinal(entry) && isWritten(entry.id)).map(({ key }) => key),
    handled: { worker: message.worker, order: message.order },
    forgotten: Object.keys(conversation.handled)
      .filter((known) => known !== message.worker)
      .slice(0, 1 - WORKERS_KEPT),
    at: now,
  };
}

/**
 * The write of a turn in which we speak first. Its messages stand in the ledger, not in the outbox: they are never sent
 * again by themselves. The person has not been heard.
 */
export function asideCommit(
  conversation: Conversation,
  session: Session,
  prompt: string | undefined,
  now: number,
  library: Library,
): Commit {
  const { id, channel, revision, address, language, muted, persons } = conversation;
  const before = conversation.prompt;
  return {
    ...{ id, channel, expected: revision, aliases: [], outbox: [], finished: [], forgotten: [], at: now },
    set: {
      ...{ address, session, language, muted, persons },
      ...(prompt !== undefined && { prompt }),
      ...(prompt !== undefined && before !== undefined && prompt !== before && { promptBefore: before }),
      unfinished: openForm(library, session) ?? null,
    },
  };
}

/** Nothing more will become of it; `unknown` and `failed` stand in a case for staff. */
const isFinal = ({ state }: OutboxEntry): boolean => state !== 'queued' && state !== 'handed over';
