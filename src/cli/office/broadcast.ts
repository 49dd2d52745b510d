/** `npm run office -- broadcast …`, `ledger` and `staff`. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { fileTypeFromBuffer } from 'file-type';
import { DateTime } from 'luxon';
import { audienceSchema, replies, type Audience, type Broadcast, type Reply } from '../../outreach/broadcasts/model.ts';
import { deliveryStates, type DeliveryState } from '../../outreach/ports.ts';
import { StartError } from '../../shared/errors.ts';
import { needed, type Command, type Office, type Row } from './command.ts';

/** A list of more numbers is refused: it is no list of one office's craftsmen. */
const LONGEST_LIST = 10_000;

const audienceFlags = [
  ...['craft', 'kelurahan', 'standing', 'groups', 'years-from', 'years-to', 'language', 'event', 'programme'],
  ...['heard-after', 'heard-before', 'list'],
];

const make: Command = {
  usage:
    'broadcast new --text "…" [--craft purun,rajut] [--kelurahan 63.72.03.1001] [--standing verified] [--event id] [--list numbers.csv] [--file picture.png] [--reply case] [--at "2026-12-01 09:00"] [--strangers] [--yes]',
  about:
    'Look at it first; with --yes it begins. --strangers also writes to who has never written to the present number, which WhatsApp may punish. --groups yes|no, --years-from, --years-to, --language, --programme, --heard-after, --heard-before narrow further.',
  flags: ['text', 'file', 'reply', 'at', ...audienceFlags],
  switches: ['yes', 'strangers'],
  async run(office, _words, flags) {
    const { parts, content, now, dry } = office;
    const text = needed(flags['text'], 'The text', make.usage);
    const reply = (flags['reply'] ?? 'none') as Reply;
    if (!replies.includes(reply)) throw new StartError(`--reply ${reply}: one of ${replies.join(', ')}.`);
    const audience = await audienceOf(office, flags);
    const attachment = await attached(office, flags['file']);
    const { recipients, samples, findings, needsSecond } = await parts.broadcasts.look(text, audience);
    const rows: Row[] = [
      ...samples.map(({ name, text: seen }) => ({ what: `as ${name} sees it`, text: seen })),
      ...findings.map((finding) => ({ what: 'hard to read', text: finding })),
    ];
    if (dry) return { said: `${recipients} would receive it.`, rows };
    const id = await parts.broadcasts.draft(
      { text, audience, reply, attachment, cold: flags['strangers'] === 'yes', by: 'office' },
      now,
    );
    if (flags['yes'] === undefined)
      return { said: `${id}: ${recipients} would receive it. Begin with: broadcast start ${id}`, rows };
    const state = await parts.broadcasts.start(id, now, timeOf(flags['at'], content.office.timeZone) ?? now);
    return {
      said: `${id}: ${recipients} recipients, ${state}${needsSecond ? '; a second member of staff must agree' : ''}`,
      rows,
    };
  },
};

/** A command that turns one broadcast, and shows how it stands then. */
const turning = (
  name: string,
  about: string,
  act: (office: Office, id: string, flags: Readonly<Record<string, string | undefined>>) => Promise<unknown>,
  flags: readonly string[] = [],
): Command => ({
  usage: `broadcast ${name} <id>${flags.map((flag) => ` [--${flag} …]`).join('')}`,
  about,
  flags,
  async run(office, [id], given) {
    const which = needed(id, 'The id', `broadcast ${name} <id>`);
    await office.parts.broadcasts.named(which);
    if (!office.dry) await act(office, which, given);
    const { broadcast, counts } = await office.parts.broadcasts.status(which);
    return {
      said: `${which} is ${broadcast.state}${broadcast.reason === null ? '' : `: ${broadcast.reason}`}`,
      rows: counts.map(({ state, reason, count }) => ({ state, reason, count })),
    };
  },
});

const list: Command = {
  usage: 'broadcast list',
  about: 'The newest broadcasts.',
  async run({ parts }) {
    const found = await parts.broadcasts.newest(20);
    const rows = found.map(({ _id, state, recipients, text, at }) => ({
      id: _id,
      state,
      recipients,
      when: parts.when(at),
      text: text.slice(0, 40),
    }));
    return { said: `${rows.length} broadcast(s)`, rows };
  },
};

export const broadcastCommands: Readonly<Record<string, Command>> = {
  new: make,
  list,
  start: turning(
    'start',
    'It begins, now or at a time.',
    ({ parts, content, now }, id, { at }) =>
      parts.broadcasts.start(id, now, timeOf(at, content.office.timeZone) ?? now),
    ['at'],
  ),
  agree: turning(
    'agree',
    'A second member of staff agrees, by the name given.',
    ({ parts }, id, { by }) =>
      parts.broadcasts.agree(id, needed(by, 'Who agrees (--by)', 'broadcast agree <id> --by "Nama"')),
    ['by'],
  ),
  pause: turning('pause', 'It is held.', ({ parts, now }, id) => parts.broadcasts.pause(id, now)),
  resume: turning('resume', 'It goes on.', ({ parts, now }, id) => parts.broadcasts.resume(id, now)),
  cancel: turning('cancel', 'What has not gone out will not. Not to be undone.', ({ parts, now }, id) =>
    parts.broadcasts.cancel(id, now),
  ),
  again: turning('again', 'Once more, to those only that failed.', ({ parts, now }, id) =>
    parts.broadcasts.resendFailed(id, now),
  ),
  status: turning('status', 'How far it has come.', () => Promise.resolve()),
  test: turning(
    'test',
    'To one staff contact, as it will be seen.',
    ({ parts, now }, id, { to }) => {
      const contact = needed(to, 'Whom to send it to (--to simulator:sim:9)', 'broadcast test <id> --to …');
      return parts.broadcasts.test(id, { id: contact, channel: contact.split(':')[0] ?? '' }, now);
    },
    ['to'],
  ),
};

export const ledgerCommand: Command = {
  usage: 'ledger [--thing id] [--state unknown] [--limit 50]',
  about: 'What was to be sent, how far it came, and why not.',
  flags: ['thing', 'state', 'limit'],
  async run({ parts }, _words, { thing, state, limit = '50' }) {
    if (state !== undefined && !deliveryStates.includes(state as DeliveryState))
      throw new StartError(`--state ${state}: one of ${deliveryStates.join(', ')}.`);
    const counts = await parts.ledger.counts(thing);
    const filter = {
      ...(thing !== undefined && { thing }),
      ...(state !== undefined && { state: state as DeliveryState }),
    };
    const found = await parts.ledger.list(filter, Math.min(1_000, Number(limit) || 50));
    const summary = counts
      .map((one) => `${one.state}${one.reason === null ? '' : ` (${one.reason})`}: ${one.count}`)
      .join(', ');
    const rows = found.map(({ kind, thing: about, contact, slot, state: now, reason = null, due }) => ({
      ...{ kind, about, contact, slot, state: now, reason, due: parts.when(due) },
    }));
    return { said: summary === '' ? 'The ledger is empty.' : summary, rows };
  },
};

const staffAdd: Command = {
  usage: 'staff add <contact> --name "Ibu Ratna"',
  about: 'A number that may say "umumkan": its contact, such as simulator:sim:9.',
  flags: ['name'],
  async run({ parts, now, dry }, [contact], flags) {
    const id = needed(contact, 'The contact', staffAdd.usage);
    const name = needed(flags['name'], 'The name', staffAdd.usage);
    if (!/^[a-z-]+:\S+$/u.test(id))
      throw new StartError(`"${id}" is no contact; write channel and address, such as simulator:sim:9.`);
    parts.broadcastStore.checkStaff(id);
    if (!dry) await parts.broadcastStore.addStaff(id, name, now);
    return { said: `${name} may speak to all from ${id}`, rows: [] };
  },
};

const staffRemove: Command = {
  usage: 'staff remove <contact>',
  about: 'A number that may no longer.',
  async run({ parts, dry }, [contact]) {
    const id = needed(contact, 'The contact', staffRemove.usage);
    const was = dry ? (await parts.broadcastStore.staff(id)) !== undefined : await parts.broadcastStore.removeStaff(id);
    return { said: was ? `${id} is no staff number any more` : `${id} was none`, rows: [] };
  },
};

const staffList: Command = {
  usage: 'staff list',
  about: 'Who may speak to all from a chat.',
  async run({ parts }) {
    const found = await parts.broadcastStore.allStaff();
    return { said: `${found.length} staff number(s)`, rows: found.map(({ _id, name }) => ({ contact: _id, name })) };
  },
};

export const staffCommands: Readonly<Record<string, Command>> = { add: staffAdd, remove: staffRemove, list: staffList };

/** "2026-12-01 09:00" in the office's zone, as milliseconds. @throws StartError when it is no time. */
function timeOf(text: string | undefined, zone: string): number | undefined {
  if (text === undefined) return undefined;
  const time = DateTime.fromSQL(text, { zone });
  if (!time.isValid) throw new StartError(`"${text}" is no time; write it as "2026-12-01 09:00".`);
  return time.toMillis();
}

async function audienceOf(office: Office, flags: Readonly<Record<string, string | undefined>>): Promise<Audience> {
  const list = (name: string) => flags[name]?.split(',').map((part) => part.trim());
  const zone = office.content.office.timeZone;
  const numberOf = (name: string) => (flags[name] === undefined ? undefined : Number(flags[name]));
  const wanted = {
    ...{ crafts: list('craft'), kelurahan: list('kelurahan'), standing: list('standing'), languages: list('language') },
    ...{ event: flags['event'], programme: flags['programme'] },
    ...{ yearsFrom: numberOf('years-from'), yearsTo: numberOf('years-to') },
    groups: flags['groups'] === undefined ? undefined : flags['groups'] === 'yes',
    heardAfter: timeOf(flags['heard-after'], zone),
    heardBefore: timeOf(flags['heard-before'], zone),
    persons: flags['list'] === undefined ? undefined : await personsIn(office, flags['list']),
  };
  const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
  const checked = audienceSchema.safeParse(given);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  throw new StartError(`${issue?.path.join('.') ?? 'the audience'}: ${issue?.message ?? 'is not as expected'}`);
}

/** The first column of a CSV or text file: numbers that the persons were given. @throws StartError naming line and number. */
async function personsIn({ parts }: Office, file: string): Promise<string[]> {
  let rows: string[][];
  try {
    rows = parse(readFileSync(file), { bom: true, relax_column_count: true, skip_empty_lines: true, trim: true });
  } catch (cause) {
    throw new StartError(`${file}: cannot be read as CSV: ${(cause as Error).message}`, {}, { cause });
  }
  if (rows.length > LONGEST_LIST)
    throw new StartError(`${file}: ${rows.length} lines; a list may have ${LONGEST_LIST}.`);
  const persons: string[] = [];
  for (const [index, [first = '']] of rows.entries()) {
    const digits = first.replace(/\D/gu, '');
    // A heading is no number.
    if (index === 0 && digits === '') continue;
    const person = await parts.registration.personNumbered(digits);
    if (!person) throw new StartError(`${file}:${index + 1}: "${first}" is nobody's number. Nothing was sent.`);
    persons.push(person._id);
  }
  return persons;
}

async function attached({ parts, dry }: Office, path: string | undefined): Promise<Broadcast['attachment']> {
  if (path === undefined) return null;
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw new StartError(`${path}: cannot be read.`, {}, { cause });
  }
  const type = (await fileTypeFromBuffer(bytes))?.mime ?? 'unknown';
  if (!/^image\/(?:jpeg|png)$|^audio\/ogg|^application\/pdf$/.test(type))
    throw new StartError(`${path}: is ${type}; wanted is a picture (JPEG, PNG), a voice note (Ogg) or a PDF.`);
  const name = path.split('/').at(-1) ?? 'berkas';
  return { id: dry ? 'dry' : await parts.files.save({ type, name, bytes }), type, name };
}
