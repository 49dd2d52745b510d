/** `npm run office -- events …`: events made, listed, moved, cancelled; who was chosen, who was there. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileTypeFromBuffer } from 'file-type';
import { DateTime } from 'luxon';
import { loadYaml } from '../../content/yaml-file.ts';
import { eventFileSchema, eventOf, type EventFile } from '../../programmes/events/event-file.ts';
import { takingPart, type EventRecord } from '../../programmes/events/model.ts';
import { DAY } from '../../shared/clock.ts';
import { StartError } from '../../shared/errors.ts';
import { needed, type Command, type Office, type Row } from './command.ts';

/** Events that ended longer ago are not listed. */
const BACK = 30 * DAY;

const add: Command = {
  usage: 'events add <file.yaml>',
  about: 'Make an event from a file; see docs/outreach.md for one.',
  async run(office, [path]) {
    const file = needed(path, 'The file', add.usage);
    const { data } = loadYaml(file, eventFileSchema);
    const papers = await papersOf(office, data, dirname(file));
    const { parts, content, now, dry } = office;
    const zone = content.office.timeZone;
    const event = dry
      ? eventOf(data, papers, { zone, now, code: '....' })
      : await parts.eventOffice.add(data, papers, now);
    const said = `${dry ? 'It would be made' : 'Made'}: ${event._id}, ${event.dates.length} day(s). The code on the wall is ${event.code}.`;
    return { said, rows: [rowOf(office, event, {})] };
  },
};

const list: Command = {
  usage: 'events list',
  about: 'Events that are to come or ended within 30 days.',
  async run(office) {
    const found = await office.parts.eventOffice.list(office.now - BACK);
    return { said: `${found.length} event(s)`, rows: found.map(({ event, counts }) => rowOf(office, event, counts)) };
  },
};

const move: Command = {
  usage: 'events move <id> [--to "2026-12-04 09:00"] [--place "…"]',
  about: 'Another time of its first day (the others move along), another place, or both. Everyone concerned is told.',
  flags: ['to', 'place'],
  async run(office, [id], { to, place }) {
    const { parts, content, now, dry } = office;
    const event = await parts.eventOffice.eventNamed(needed(id, 'The id', move.usage));
    if (to === undefined && place === undefined)
      throw new StartError(`Neither --to nor --place is given.\nUsage: ${move.usage}`);
    const start = to === undefined ? undefined : DateTime.fromSQL(to, { zone: content.office.timeZone });
    if (start && !start.isValid) throw new StartError(`--to "${to ?? ''}" is no time; write it as "2026-12-04 09:00".`);
    const shift = start ? start.toMillis() - (event.dates[0]?.start ?? 0) : 0;
    const change = { shift, ...(place !== undefined && { place: { words: place } }) };
    const concerned = await concernedBy(office, event._id);
    const said = `${concerned} ${dry ? 'would be' : 'will be'} told that "${event._id}" has moved.`;
    if (dry) return { said, rows: [rowOf(office, event, {})] };
    return { said, rows: [rowOf(office, await parts.eventOffice.move(event._id, change, now), {})] };
  },
};

const cancel: Command = {
  usage: 'events cancel <id> --reason "gurunya sakit"',
  about: 'It does not take place; everyone concerned is told why. Not to be undone.',
  flags: ['reason'],
  async run(office, [id], flags) {
    const { parts, now, dry } = office;
    const event = await parts.eventOffice.eventNamed(needed(id, 'The id', cancel.usage));
    const reason = needed(flags['reason'], 'The reason', cancel.usage);
    if (reason.length > 60) throw new StartError('The reason is told to everyone; it may have 60 letters at most.');
    const concerned = await concernedBy(office, event._id);
    const said = `${concerned} ${dry ? 'would be' : 'will be'} told that "${event._id}" does not take place: ${reason}.`;
    return { said, rows: [rowOf(office, dry ? event : await parts.eventOffice.cancel(event._id, reason, now), {})] };
  },
};

const choose: Command = {
  usage: 'events choose <id> --person 482130 [--reason "tempatnya penuh"]',
  about: 'The decision on one who applied for an exhibition: chosen; with a reason, declined.',
  flags: ['person', 'reason'],
  async run({ parts, now, dry }, [id], flags) {
    const event = needed(id, 'The id', choose.usage);
    const person = await personOf(parts, flags['person'], choose.usage);
    const { reason } = flags;
    const said = `${person.name} ${reason === undefined ? 'is chosen' : `is declined: ${reason}`}`;
    if (!dry)
      await parts.eventOffice.decide(event, person._id, reason === undefined ? { chosen: true } : { reason }, now);
    return { said, rows: [] };
  },
};

const attended: Command = {
  usage: 'events attended <id> --person 482130,512006',
  about: 'The list of the officer: who was there.',
  flags: ['person'],
  async run({ parts, now, dry }, [id], flags) {
    const event = needed(id, 'The id', attended.usage);
    const numbers = needed(flags['person'], 'Who was there', attended.usage).split(',');
    const persons = await Promise.all(numbers.map((number) => personOf(parts, number, attended.usage)));
    const ids = persons.map(({ _id }) => _id);
    const count = dry ? ids.length : await parts.eventOffice.attended(event, ids, now);
    return { said: `${count} written down as there`, rows: persons.map(({ number, name }) => ({ number, name })) };
  },
};

const people: Command = {
  usage: 'events people <id>',
  about: 'Who takes part, waits or applied.',
  async run({ parts }, [id]) {
    const event = await parts.eventOffice.eventNamed(needed(id, 'The id', people.usage));
    const found = await parts.events.enrolled(
      event._id,
      [...takingPart, 'waiting', 'offered', 'applied', 'declined', 'cancelled'],
      '',
      500,
    );
    const rows = found.map(({ name, state, companion, present, confirmed }) => ({
      ...{ name, state, companion, days: present.length, confirmed: confirmed === null ? 'no' : 'yes' },
    }));
    return { said: `${rows.length} person(s)`, rows };
  },
};

export const eventCommands: Readonly<Record<string, Command>> = { add, list, move, cancel, choose, attended, people };

async function personOf(parts: Office['parts'], number: string | undefined, usage: string) {
  const digits = needed(number, 'The number of the person', usage).replace(/\D/gu, '');
  const person = await parts.registration.personNumbered(digits);
  if (!person) throw new StartError(`Nobody has the number ${digits}.`);
  return person;
}

async function concernedBy({ parts }: Office, id: string): Promise<string> {
  const counts = ((await parts.events.counts([id])).get(id) ?? {}) as Record<string, number>;
  const sum = ['coming', 'chosen', 'waiting', 'offered', 'applied'].reduce(
    (total, state) => total + (counts[state] ?? 0),
    0,
  );
  return `${sum} person(s)`;
}

function rowOf({ parts }: Office, event: EventRecord, counts: Partial<Record<string, number>>): Row {
  const first = event.dates[0];
  return {
    ...{ id: event._id, name: event.name, when: first ? parts.when(first.start) : '', days: event.dates.length },
    ...{ place: event.place.words, places: event.places, code: event.code, state: event.state },
    ...{
      coming: (counts['coming'] ?? 0) + (counts['chosen'] ?? 0),
      waiting: counts['waiting'] ?? 0,
      applied: counts['applied'] ?? 0,
    },
  };
}

/** Picture and material that the file names, stored. @throws StartError when one cannot be read or is of no use. */
async function papersOf(
  { parts, dry }: Office,
  file: EventFile,
  folder: string,
): Promise<Pick<EventRecord, 'picture' | 'material'>> {
  const store = async (name: string, wanted: RegExp) => {
    let bytes: Buffer;
    try {
      bytes = readFileSync(join(folder, name));
    } catch (cause) {
      throw new StartError(`${name}: cannot be read. Is it beside the event's file?`, {}, { cause });
    }
    const type = (await fileTypeFromBuffer(bytes))?.mime ?? 'unknown';
    if (!wanted.test(type))
      throw new StartError(`${name}: is ${type}; wanted is a picture (JPEG, PNG) or, as material, a PDF.`);
    return { id: dry ? '' : await parts.files.save({ type, name, bytes }), type, name };
  };
  const { picture, material } = file;
  return {
    picture: picture === undefined ? null : await store(picture, /^image\/(?:jpeg|png)$/),
    material:
      material === undefined
        ? null
        : 'link' in material
          ? material
          : await store(material.file, /^image\/(?:jpeg|png)$|^application\/pdf$/),
  };
}
