/** "umumkan" in a chat: the same service that commands and pages use, for a staff number. */
import { DateTime } from 'luxon';
import type { Answer, Answers } from '../../engine/index.ts';
import type { Action, ActionContext, ActionResult, Programme } from '../../programmes/programme.ts';
import type { Audience, Broadcast, Reply } from './model.ts';
import type { BroadcastService } from './service.ts';
import type { BroadcastStore } from './store.ts';

export interface AnnounceParts {
  store: BroadcastStore;
  service: BroadcastService;
  /** Events that staff may write to, as a list to choose from. */
  events(now: number): Promise<readonly { id: string; label: string }[]>;
  zone(): string;
  /** How a state is called. */
  stateName(state: Broadcast['state']): string;
}

/** The hour of "besok pagi", in the office's zone. */
const MORNING = 9;

const text = (value: string): Answer => ({ kind: 'text', text: value });
const textOf = (answer: Answer | undefined): string => (answer?.kind === 'text' ? answer.text : '');
const chosen = (answer: Answer | undefined): readonly string[] => (answer?.kind === 'options' ? answer.ids : []);

/** The same message makes the same broadcast, however often its turn is repeated. */
const idOf = (key: string): string => `b-${Buffer.from(key).toString('base64url').slice(-24)}`;

type Run = (parts: AnnounceParts, context: ActionContext) => Promise<ActionResult>;

/** What staff alone may call: everything that a number which is none, or none any more, asks for ends in `stranger`. */
const forStaff: Readonly<Record<string, { outcomes: readonly string[]; changes: boolean; run: Run }>> = {
  open: { outcomes: ['none', 'running'], changes: false, run: open },
  events: { outcomes: ['some', 'none'], changes: false, run: listEvents },
  preview: { outcomes: ['ready', 'hard', 'nobody'], changes: false, run: preview },
  send: { outcomes: ['begun', 'agreeing'], changes: true, run: send },
  control: { outcomes: ['running', 'over'], changes: true, run: control },
  to_agree: { outcomes: ['some', 'none'], changes: false, run: toAgree },
  agree: { outcomes: ['done'], changes: true, run: agree },
};

export function createAnnounce(parts: AnnounceParts): Programme {
  const guarded = Object.entries(forStaff).map(([name, { outcomes, changes, run }]): [string, Action] => [
    name,
    {
      ...{ outcomes: [...outcomes, 'stranger'], changes },
      run: async (context) =>
        (await parts.store.staff(context.contact.id)) ? run(parts, context) : { outcome: 'stranger' },
    },
  ]);
  const targets = ['events', 'register', 'information', 'none'];
  return {
    id: 'outreach',
    actions: { ...Object.fromEntries(guarded), target: { outcomes: targets, changes: false, run: target } },
  };
}

/** Where a yes to a broadcast leads. */
function target({ answers }: ActionContext): Promise<ActionResult> {
  const reply = textOf(answers['broadcast.reply']);
  return Promise.resolve({ outcome: ['events', 'register', 'information'].includes(reply) ? reply : 'none' });
}

async function open(parts: AnnounceParts, { contact }: ActionContext): Promise<ActionResult> {
  const running = await parts.service.openOf(contact.id);
  return running ? { outcome: 'running', values: await statusOf(parts, running._id) } : { outcome: 'none' };
}

async function listEvents({ events }: AnnounceParts, { now }: ActionContext): Promise<ActionResult> {
  const items = [...(await events(now))];
  return items.length === 0
    ? { outcome: 'none' }
    : { outcome: 'some', values: { 'broadcast.events': { kind: 'list', items } } };
}

/** Options of the chat and where they send a reply. */
const replyOf: Readonly<Record<string, Reply>> = { none: 'none', case: 'case', to_events: 'events' };

function audienceOf(answers: Answers): Audience {
  const crafts = [...chosen(answers['broadcast.crafts'])];
  const place = answers['broadcast.kelurahan'];
  const event = answers['broadcast.event'];
  return {
    ...(crafts.length > 0 && { crafts }),
    ...(place?.kind === 'area' && { kelurahan: [place.code] }),
    ...(event?.kind === 'picked' && { event: event.id }),
  };
}

async function preview(
  { service }: AnnounceParts,
  { key, answers, contact, now }: ActionContext,
): Promise<ActionResult> {
  const reply = replyOf[chosen(answers['broadcast.reply'])[0] ?? ''] ?? 'none';
  const draft = { text: textOf(answers['broadcast.text']), audience: audienceOf(answers), reply, by: contact.id };
  const id = await service.draft(draft, now, idOf(key));
  const { recipients, samples, findings } = await service.preview(id);
  const values: Answers = {
    'broadcast.id': text(id),
    'broadcast.count': { kind: 'number', number: recipients },
    'broadcast.names': text(samples.map(({ name }) => name).join(', ')),
    'broadcast.findings': { kind: 'written', text: findings.slice(0, 3).join('\n') },
    // As three of them will see it; where nobody's name stands in it, all see the same.
    'broadcast.shown': { kind: 'written', text: [...new Set(samples.map(({ text: seen }) => seen))].join('\n') },
  };
  if (recipients === 0) return { outcome: 'nobody', values };
  return { outcome: findings.length > 0 ? 'hard' : 'ready', values };
}

async function send({ service, zone }: AnnounceParts, { answers, now }: ActionContext): Promise<ActionResult> {
  const later = chosen(answers['broadcast.when'])[0] === 'morning';
  const morning = DateTime.fromMillis(now, { zone: zone() }).plus({ days: 1 }).startOf('day').set({ hour: MORNING });
  const state = await service.start(textOf(answers['broadcast.id']), now, later ? morning.toMillis() : now);
  return { outcome: state === 'agreeing' ? 'agreeing' : 'begun' };
}

const doing: Readonly<Record<string, (service: BroadcastService, id: string, now: number) => Promise<unknown>>> = {
  pause: (service, id, now) => service.pause(id, now),
  go_on: (service, id, now) => service.resume(id, now),
  cancel: (service, id, now) => service.cancel(id, now),
};

/** What cannot be done any more changes nothing; the status then tells why. */
async function control(parts: AnnounceParts, { answers, contact, now }: ActionContext): Promise<ActionResult> {
  const id = textOf(answers['broadcast.id']);
  const { by, state } = await parts.service.named(id);
  const what = chosen(answers['broadcast.control'])[0] ?? '';
  const may: Record<string, readonly Broadcast['state'][]> = {
    pause: ['waiting', 'planning', 'running'],
    go_on: ['paused', 'stopped'],
    cancel: ['agreeing', 'waiting', 'planning', 'running', 'paused', 'stopped'],
  };
  if (by === contact.id && may[what]?.includes(state)) await doing[what]?.(parts.service, id, now);
  const values = await statusOf(parts, id);
  const after = (await parts.service.named(id)).state;
  return { outcome: after === 'done' || after === 'cancelled' ? 'over' : 'running', values };
}

async function toAgree({ service }: AnnounceParts, { contact }: ActionContext): Promise<ActionResult> {
  const broadcast = await service.toAgree(contact.id);
  if (!broadcast) return { outcome: 'none' };
  return {
    outcome: 'some',
    values: {
      'broadcast.id': text(broadcast._id),
      'broadcast.text': { kind: 'written', text: broadcast.text },
      'broadcast.count': { kind: 'number', number: broadcast.recipients ?? 0 },
    },
  };
}

async function agree({ service }: AnnounceParts, { answers, contact }: ActionContext): Promise<ActionResult> {
  await service.agree(textOf(answers['broadcast.id']), contact.id);
  return { outcome: 'done' };
}

async function statusOf({ service, stateName }: AnnounceParts, id: string): Promise<Answers> {
  const { broadcast, counts } = await service.status(id);
  const sum = (...states: string[]): Answer => ({
    kind: 'number',
    number: counts.filter(({ state }) => states.includes(state)).reduce((total, { count }) => total + count, 0),
  });
  return {
    'broadcast.id': text(id),
    'broadcast.state': text(stateName(broadcast.state)),
    'broadcast.count': { kind: 'number', number: broadcast.recipients ?? 0 },
    'broadcast.sent': sum('confirmed', 'delivered', 'read', 'handed over'),
    'broadcast.failed': sum('failed'),
    'broadcast.unknown': sum('unknown'),
  };
}
