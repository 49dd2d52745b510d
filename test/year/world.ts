/**
 * A made-up year for `npm run year`: events on the 31st, on the leap day and around holidays, moved and cancelled ones,
 * persons who come, cancel or want no messages, forms left unfinished, and times in which nothing runs. All from a seed.
 */
import { DateTime } from 'luxon';

export const zone = 'Asia/Makassar';
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const at = (local: string): number => DateTime.fromISO(local, { zone }).toMillis();

/** Invented for this run: single days, several in a row, and one beside a Sunday. */
export const holidays = [
  ...['2027-12-24', '2027-12-25', '2028-01-01', '2028-01-31', '2028-02-28', '2028-03-26', '2028-03-27', '2028-03-28'],
  ...['2028-03-29', '2028-03-30', '2028-05-01', '2028-05-29', '2028-06-01', '2028-08-17', '2028-10-31'],
];

export interface Event {
  id: string;
  /** Each with the day's length of three hours. */
  start: number;
  made: number;
}
export type Act =
  | { at: number; do: 'enrol' | 'leave' | 'attend'; event: string; person: string }
  | { at: number; do: 'move'; event: string; shift: number }
  | { at: number; do: 'cancel'; event: string }
  | { at: number; do: 'mute'; person: string };

export interface World {
  from: number;
  to: number;
  persons: string[];
  events: Event[];
  acts: Act[];
  /** Forms that were left: who, and when they wrote last. */
  left: { person: string; heard: number }[];
  /** From, inclusive, to, exclusive: nothing runs. */
  outages: { from: number; to: number }[];
  /** Instants at which a look is taken; a clock that jumps leaves some out or goes back a little. */
  looks: number[];
}

/** A small generator of chance, so that a run can be repeated (mulberry32). */
export function chanceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** @param days the whole year has 366 */
export function makeWorld(days: number, seed = 7): World {
  const chance = chanceOf(seed);
  const pick = (count: number) => Math.floor(chance() * count);
  const from = at('2027-12-01T00:00');
  const to = from + days * DAY;
  const persons = Array.from({ length: 40 }, (_, index) => `y-${index + 1}`);
  const special = ['2027-12-31T10:00', '2028-01-31T09:00', '2028-02-29T09:00', '2028-03-31T08:30', '2028-05-31T14:00'];
  const starts = [
    ...[...special, '2028-04-03T07:00', '2028-08-18T09:00', '2028-10-31T19:00', '2028-07-16T08:00'].map(at),
    ...Array.from(
      { length: Math.ceil(days / 8) },
      (_, index) => from + (10 + index * 8) * DAY + (7 + pick(13)) * HOUR + pick(2) * 30 * MINUTE,
    ),
  ].filter((start) => start > from + 9 * DAY && start < to - 2 * DAY);
  const events = starts
    .sort((a, b) => a - b)
    .map((start, index) => ({ id: `event-${index + 1}`, start, made: start - 9 * DAY }));
  const acts: Act[] = events.flatMap(({ id, start, made }, index) => {
    const who = persons.filter(() => chance() < 0.3);
    const list: Act[] = who.map((person) => ({ at: made + pick(8 * 24) * HOUR, do: 'enrol', event: id, person }));
    for (const person of who.filter(() => chance() < 0.15))
      list.push({ at: start - (1 + pick(30)) * HOUR, do: 'leave', event: id, person });
    if (index % 5 === 2)
      list.push({ at: start - (30 + pick(60)) * HOUR, do: 'move', event: id, shift: (1 + pick(4)) * DAY });
    else if (index % 7 === 3) list.push({ at: start - (5 + pick(60)) * HOUR, do: 'cancel', event: id });
    else
      for (const person of who.filter(() => chance() < 0.6))
        list.push({ at: start + HOUR, do: 'attend', event: id, person });
    return list;
  });
  for (const person of persons.slice(0, 3)) acts.push({ at: from + pick(days) * DAY + 9 * HOUR, do: 'mute', person });
  const left = persons
    .slice(-6)
    .map((person) => ({ person, heard: from + pick(Math.max(1, days - 40)) * DAY + pick(24) * HOUR }));
  const outages = [
    { from: at('2028-01-30T18:00'), to: at('2028-01-30T19:00') },
    { from: at('2028-02-28T08:00'), to: at('2028-02-29T08:00') },
    { from: at('2028-06-05T00:00'), to: at('2028-06-19T00:00') },
    { from: at('2027-12-13T11:00'), to: at('2027-12-13T12:00') },
  ];
  return {
    from,
    to,
    persons,
    events,
    acts: acts.sort((a, b) => a.at - b.at),
    left,
    outages,
    looks: looksOf(from, to, outages, chance),
  };
}

/** Every half hour by day, every two hours at night; now and then the clock leaps ahead, or goes back by five minutes. */
function looksOf(from: number, to: number, outages: World['outages'], chance: () => number): number[] {
  const looks: number[] = [];
  for (let now = from; now < to;) {
    if (!outages.some((outage) => now >= outage.from && now < outage.to)) {
      looks.push(now);
      if (chance() < 0.002) looks.push(now - 5 * MINUTE);
    }
    const { hour } = DateTime.fromMillis(now, { zone });
    const step = hour >= 6 && hour < 21 ? 30 * MINUTE : 2 * HOUR;
    now += chance() < 0.002 ? step + 3 * HOUR : step;
  }
  return looks;
}
