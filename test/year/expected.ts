/**
 * What must have been sent in a made-up year: a plain function over the data that shares no line with the product. It walks
 * minute by minute, and is slow and easy to believe.
 */
import { DateTime } from 'luxon';
import { DAY, holidays, HOUR, MINUTE, zone, type Act, type World } from './world.ts';

export interface Line {
  kind: string;
  thing: string;
  person: string;
  slot: string;
  /** The look at which it goes out. */
  at: number;
}

export const wordsOf = ({ kind, thing, person, slot, at }: Line): string =>
  `${DateTime.fromMillis(at, { zone }).toFormat('yyyy-MM-dd HH:mm')} ${kind} ${thing} ${person} ${slot}`;

const holiday = new Set(holidays);
const known = new Map<number, boolean>();

/** Monday to Saturday, no holiday, 08:00 to 20:00, not between 11:30 and 13:30 on Fridays. */
export function isAllowed(at: number): boolean {
  const minute = Math.floor(at / MINUTE);
  let allowed = known.get(minute);
  if (allowed === undefined) {
    const time = DateTime.fromMillis(at, { zone });
    const clock = time.hour * 60 + time.minute;
    const prayer = time.weekday === 5 && clock >= 11 * 60 + 30 && clock < 13 * 60 + 30;
    allowed = time.weekday !== 7 && !holiday.has(time.toISODate() ?? '') && clock >= 480 && clock < 1_200 && !prayer;
    known.set(minute, allowed);
  }
  return allowed;
}

/** Itself; or half an hour before the quiet began that it falls into. */
function latest(at: number): number {
  if (isAllowed(at)) return at;
  let end = at - (at % MINUTE);
  while (!isAllowed(end - MINUTE)) end -= MINUTE;
  return end - 30 * MINUTE;
}

function next(at: number): number {
  let time = at;
  while (!isAllowed(time)) time = time - (time % MINUTE) + MINUTE;
  return time;
}

export function expectedLines(world: World): Line[] {
  const of = (kind: Act['do'], event?: string): { at: number; person: string; shift: number }[] =>
    world.acts.filter(
      (act) => act.do === kind && (event === undefined || ('event' in act && act.event === event)),
    ) as never;
  const mutedAt = (person: string) => of('mute').find((act) => act.person === person)?.at ?? Infinity;
  /** The first look at which something due may go out; undefined when that is not before it is of no use. */
  const goesOut = (due: number, until: number) => {
    const look = world.looks.find((now) => now >= due && isAllowed(now));
    return look !== undefined && look < until ? look : undefined;
  };
  const lines: Line[] = [];
  const add = (line: Omit<Line, 'at'>, due: number, until: number, fits: (now: number) => boolean) => {
    const now = goesOut(due, until);
    if (now !== undefined && now < mutedAt(line.person) && fits(now)) lines.push({ ...line, at: now });
  };

  for (const { id, start } of world.events) {
    const [move] = of('move', id);
    const cancelled = of('cancel', id)[0]?.at ?? Infinity;
    const leaves = (person: string) =>
      of('leave', id).find((act) => act.person === person && act.at > (joins.get(person) ?? 0))?.at ?? Infinity;
    const joins = new Map(of('enrol', id).map((act) => [act.person, act.at]));
    const starts = [
      { start, from: -Infinity, to: move?.at ?? Infinity },
      ...(move ? [{ start: start + move.shift, from: move.at, to: Infinity }] : []),
    ];
    for (const [person, joined] of joins) {
      const left = leaves(person);
      for (const time of starts) {
        const wishes = [7 * DAY, DAY, 2 * HOUR].map((before) => latest(time.start - before));
        const slots = ['7d', '1d', '2h'].map((slot, index) => ({ slot, due: wishes[index] ?? 0 }));
        const kept = slots.filter(
          (one, index) => index === 0 || one.due - Math.max(...keptBefore(slots, index)) >= 3 * HOUR,
        );
        for (const { slot, due } of kept) {
          const until = kept.find((other) => other.due > due)?.due ?? time.start - 15 * MINUTE;
          // Planned at the first look after its time, sent at the first allowed one; it must be true at both.
          const planned = world.looks.find((now) => now >= due);
          add({ kind: 'reminder', thing: id, person, slot: `${slot}@${time.start}` }, due, until, (now) =>
            [planned ?? now, now].every(
              (when) =>
                joined < due &&
                joined <= when &&
                when < left &&
                when < cancelled &&
                when >= time.from &&
                when < time.to,
            ),
          );
        }
      }
      if (move && joined <= move.at && left > move.at)
        add(
          { kind: 'moved', thing: id, person, slot: '1' },
          move.at,
          Math.max(start + move.shift, move.at + DAY),
          (now) => now < left && now < cancelled,
        );
      if (cancelled < Infinity && joined <= cancelled && left > cancelled) {
        const first = move && move.at < cancelled ? start + move.shift : start;
        add(
          { kind: 'cancelled', thing: id, person, slot: move && move.at < cancelled ? '2' : '1' },
          cancelled,
          Math.max(first, cancelled + DAY),
          (now) => now < left,
        );
      }
      const there = of('attend', id).some((act) => act.person === person) && left === Infinity;
      const due = next(start + 4 * HOUR);
      if (there && !move && cancelled === Infinity)
        add({ kind: 'afterwards', thing: id, person, slot: 'once' }, due, due + 3 * DAY, () => true);
    }
  }
  for (const { person, heard } of world.left) {
    const spans = [20 * HOUR, 7 * DAY, 30 * DAY];
    spans.forEach((after, index) => {
      const until = heard + (spans[index + 1] ?? after + 7 * DAY);
      // Planned only at a look within its span; what falls due in the quiet waits for its end.
      const seen = world.looks.find((now) => now >= heard + after && now < until);
      if (seen === undefined) return;
      const slot = ['20h', '7d', '30d'][index] ?? '';
      add(
        { kind: 'nudge', thing: 'register', person: `year:${person}`, slot: `${slot}@${heard - HOUR}` },
        Math.max(next(heard + after), seen),
        until,
        (now) => now < mutedAt(person),
      );
    });
  }
  return lines;
}

/** When the slots before were really due: a slot that was too close to another did not count. */
function keptBefore(slots: readonly { due: number }[], index: number): number[] {
  let last = -Infinity;
  for (const { due } of slots.slice(0, index)) if (due - last >= 3 * HOUR) last = due;
  return [last];
}
