/** A city's worth of data for timing the console: invented people, their talks, cases, events, broadcasts, and the audit. */
import type { Connection } from 'mongoose';
import type { Product } from '../../src/compose.ts';
import { DAY, MINUTE } from '../../src/shared/clock.ts';

/** Documents that are stored at once. */
const BATCH = 5_000;
const given = ['Siti', 'Rusmini', 'Norhayati', 'Mahrita', 'Aluh', 'Galuh', 'Jamilah', 'Saniah', 'Hayati', 'Masitah'];
const family = ['Aminah', 'Sari', 'Ulfah', 'Wati', 'Rahmah', 'Fitri', 'Handayani', 'Lestari', 'Puspita', 'Zahra'];
const crafts = ['sasirangan', 'purun', 'rajut', 'lainnya'];
const standings = ['declared', 'declared', 'matched', 'verified', 'rejected'];

export async function fill(product: Product, connection: Connection, people: number, messages: number): Promise<void> {
  const now = Date.now();
  const areas = product.content.areas.map(({ code }) => code);
  const pick = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;
  const store = async (name: string, count: number, make: (index: number) => object) => {
    for (let from = 0; from < count; from += BATCH) {
      const documents = Array.from({ length: Math.min(BATCH, count - from) }, (_, index) => make(from + index));
      await connection.collection(name).insertMany(documents, { ordered: false, writeConcern: { w: 1 } });
    }
  };
  const phone = (index: number) => `6281100${String(index).padStart(6, '0')}`;
  const contact = (index: number) => `bench:${phone(index)}`;
  const nameOf = (index: number) => `${pick(given, index)} ${pick(family, Math.floor(index / 10))}`;
  await store('persons', people, (index) => ({
    ...{
      _id: `p-${index}`,
      number: String(100_000 + index),
      name: nameOf(index),
      nameKey: nameOf(index).toLowerCase(),
    },
    ...{
      nameWords: nameOf(index).toLowerCase().split(' '),
      crafts: [pick(crafts, index)],
      kelurahan: pick(areas, index),
    },
    ...{
      business: 'member',
      group: `g-${index % 400}`,
      years: index % 40,
      yearsSaid: null,
      standing: pick(standings, index),
    },
    ...{ contact: contact(index), channel: 'bench', createdAt: new Date(now - index * MINUTE), updatedAt: null },
  }));
  const states = ['submitted', 'checking', 'needs', 'approved', 'declined'];
  await store('applications', people / 5, (index) => ({
    ...{ _id: `a-${index}`, number: String(index).padStart(6, '0'), programme: pick(['kur', 'nib'], index) },
    ...{
      person: `p-${index}`,
      name: nameOf(index),
      contact: contact(index),
      channel: 'bench',
      state: pick(states, index),
    },
    ...{ open: index % 5 < 3, since: new Date(now - index * MINUTE), answers: {}, facts: {}, judged: [], papers: [] },
    ...{ history: [{ state: 'submitted', at: new Date(now), by: 'person', why: '', rules: [] }], filled: {} },
    ...{ dueAt: index % 5 < 3 ? new Date(now + index * MINUTE) : null, priority: index % 4, revision: 1, notice: null },
  }));
  await store('groups', 400, (index) => ({
    ...{ _id: `g-${index}`, name: `Kelompok ${index}`, nameKey: String(index), kelurahan: pick(areas, index), twin: 0 },
    ...{ leader: null, createdAt: new Date(now) },
  }));
  await store('conversations', people, (index) => ({
    ...{
      _id: contact(index),
      channel: 'bench',
      aliases: [phone(index)],
      address: phone(index),
      revision: 9,
      session: null,
    },
    ...{
      language: 'id',
      muted: false,
      persons: [`p-${index}`],
      outbox: {},
      handled: {},
      heardAt: now,
      updatedAt: new Date(now),
    },
  }));
  await store('messages', messages, (index) => ({
    ...{
      _id: `m-${index}`,
      channel: 'bench',
      aliases: [phone(index % people)],
      text: `pesan nomor ${index}`,
      at: now - index * 100,
    },
    ...{ storedAt: new Date(now) },
    ...(index % 2 === 0 ? { kind: 'text', worker: 'w', order: index } : { state: 'confirmed' }),
  }));
  await store('cases', 4_000, (index) => ({
    ...{
      contact: contact(index),
      kind: pick(['person', 'question', 'voice', 'send_failed'], index % 37),
      flow: '',
      node: '',
    },
    ...{
      state: index % 4 === 0 ? 'open' : 'closed',
      openedAt: new Date(now - index * MINUTE),
      touchedAt: new Date(now - index * MINUTE),
    },
    ...{
      messages: [`m-${index}`],
      dueAt: new Date(now - 500 * MINUTE + index * MINUTE),
      escalatedAt: null,
      assignee: null,
    },
    closed: index % 4 === 0 ? null : { by: 'x', at: new Date(now), reason: 'Sudah dijawab' },
  }));
  await store('events', 60, (index) => ({
    ...{
      _id: `acara-${index}`,
      kind: 'training',
      name: `Pelatihan ${index}`,
      about: 'Belajar',
      dates: [{ start: now + index * DAY, end: now + index * DAY + 1 }],
    },
    ...{
      place: { words: 'aula' },
      places: 40,
      for: {},
      bring: null,
      picture: null,
      material: null,
      code: '1234',
      state: 'open',
    },
    ...{ reason: null, notices: [], last: now + index * DAY + 1, createdAt: new Date(now), changedAt: now },
  }));
  await store('enrolments', 3_000, (index) => ({
    ...{
      _id: `acara-${index % 60}:p-${index}`,
      event: `acara-${index % 60}`,
      person: `p-${index}`,
      name: nameOf(index),
    },
    ...{
      contact: contact(index),
      channel: 'bench',
      state: 'coming',
      companion: null,
      since: now,
      offeredUntil: null,
      reason: null,
    },
    ...{ present: [], confirmed: null, feedback: [], notice: null },
  }));
  await store('broadcasts', 40, (index) => ({
    ...{
      _id: `b-${index}`,
      text: 'Halo {nama}',
      attachment: null,
      audience: {},
      reply: 'case',
      cold: false,
      by: 'x',
      second: null,
    },
    ...{
      state: 'done',
      recipients: 5_000,
      at: now,
      until: now + DAY,
      cursor: null,
      planned: true,
      lease: 0,
      reason: null,
    },
    createdAt: new Date(now - index * DAY),
  }));
  await store('deliveries', 40 * 2_500, (index) => ({
    ...{
      _id: `d:broadcast:b-${index % 40}:${index}:now`,
      kind: 'broadcast',
      thing: `b-${index % 40}`,
      person: `p-${index % people}`,
    },
    ...{
      slot: 'now',
      contact: contact(index % people),
      channel: 'bench',
      rank: 2,
      due: now - DAY,
      until: now,
      state: 'confirmed',
    },
    ...{ at: {}, plannedAt: new Date(now - (index % 30) * DAY) },
  }));
  await store('audit', 100_000, (index) => ({
    ...{ what: pick(['see person', 'say', 'edit', 'case'], index), account: 'x', at: new Date(now - index * MINUTE) },
    person: `p-${index % people}`,
  }));
}
