/** Persons with conversations, and an event, put straight into the database: what tests of outreach share. */
import type { Connection } from 'mongoose';
import type { WiredProduct } from './wired-product.ts';

/** A Wednesday morning at nine in Banjarbaru. */
export const MORNING = '2026-11-25T09:00:00+08:00';

/** Stored at once. */
const PAGE = 5_000;

/** `p-1` on `wire:1`, and so on; any number of them. `more` goes into each conversation. */
export async function people(
  connection: Connection,
  count: number,
  more: object = {},
  channel = 'wire',
): Promise<void> {
  for (let from = 1; from <= count; from += PAGE) {
    const size = Math.min(PAGE, count - from + 1);
    await page(
      connection,
      Array.from({ length: size }, (_, index) => from + index),
      more,
      channel,
    );
  }
}

async function page(connection: Connection, numbers: readonly number[], more: object, channel: string): Promise<void> {
  await connection.collection('conversations').insertMany(
    numbers.map((number) => ({
      ...{
        _id: `${channel}:${number}`,
        channel,
        aliases: [`${channel}:${number}`],
        address: `${channel}:${number}`,
        revision: 1,
      },
      ...{ session: null, language: 'id', muted: false, persons: [`p-${number}`], outbox: {}, handled: {} },
      heardAt: Date.parse(MORNING),
      ...more,
    })) as never[],
  );
  await connection.collection('persons').insertMany(
    numbers.map((number) => ({
      ...{ _id: `p-${number}`, number: String(100_000 + number), name: `Orang ${number}`, nameKey: `orang ${number}` },
      ...{ crafts: [number % 2 ? 'purun' : 'rajut'], kelurahan: '63.72.03.1001', business: 'own', group: null },
      ...{ years: number, yearsSaid: null, standing: 'declared', contact: `${channel}:${number}`, channel },
      ...{ createdAt: new Date(0), updatedAt: null },
    })) as never[],
  );
}

export const addEvent = ({ product }: WiredProduct, now: number, places: number | null = null) =>
  product.parts.eventOffice.add(
    {
      ...{
        id: 'warna-alam',
        kind: 'training',
        name: 'Pewarnaan alam',
        about: 'Belajar mewarnai kain.',
        places,
        for: {},
      },
      ...{ dates: [{ start: '2026-12-03 09:00', hours: 3 }], place: { words: 'aula kantor dinas' }, code: '4821' },
    },
    { picture: null, material: null },
    now,
  );

/** Enrols `p-<number>`. */
export async function enrol({ product }: WiredProduct, number: number, now: number) {
  const event = await product.parts.events.event('warna-alam');
  if (!event) throw new Error('The event is not there');
  const person = { id: `p-${number}`, name: `Orang ${number}` };
  return product.parts.enrolments.enrol(event, {
    ...{ person, contact: { id: `wire:${number}`, channel: 'wire' }, companion: null, now },
  });
}
