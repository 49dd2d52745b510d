/** Events as pages: a calendar, who comes, the list to print, moving and cancelling. */
import { z } from 'zod';
import { DAY } from '../../shared/clock.ts';
import { KawanError } from '../../shared/errors.ts';
import type { ConsoleParts } from '../parts.ts';
import { listsOf } from '../people/index.tsx';
import { Refusal, route, type Context, type Reply, type Route } from '../shell/page.tsx';
import { CalendarPage } from './calendar.tsx';
import { EventPage, type EventProps } from './event.tsx';
import {
  cancelSchema,
  decideSchema,
  fileOf,
  listSchema,
  moveSchema,
  newSchema,
  oneSchema,
  presentSchema,
  withdrawSchema,
} from './input.ts';
import { NewEventPage } from './new.tsx';
import { AttendanceList } from './print.tsx';
import { createEnrolmentStore } from './store.ts';

/** People of an event that a page holds: more than any hall of the office. */
const MOST = 500;

/** The calendar goes back so far, in milliseconds. */
const BACK = 62 * DAY;

export function createEventPages(parts: ConsoleParts): Route[] {
  const { product, audit, connection } = parts;
  const { eventOffice, events } = product;
  const enrolments = createEnrolmentStore(connection);
  const lists = listsOf(parts);
  const note = ({ me, now }: Context, thing: string, reason: string, person?: string) =>
    audit.note({
      ...{ what: 'event', account: me._id, at: new Date(now), thing, reason },
      ...(person !== undefined && { person }),
    });

  async function propsOf(context: Context, id: string): Promise<EventProps | undefined> {
    const event = await events.event(id);
    if (!event) return undefined;
    return { context, event, rows: await enrolments.of(context.scope, id, MOST), lists };
  }

  /** Changes an event that is there, and shows it. */
  const acting =
    <I extends { id: string }>(
      act: (context: Context, input: I) => Promise<{ noted: string; person?: string; told: string }>,
    ) =>
    async (context: Context, input: I): Promise<Reply> => {
      const event = await events.event(input.id);
      if (!event) return { missing: true };
      const { noted, person, told } = await act(context, input);
      await note(context, input.id, noted, person);
      context.say(told);
      return { to: `/acara/${input.id}` };
    };

  return [
    route({
      ...{ method: 'get', path: '/acara', may: 'events.see', input: listSchema },
      async handle(context, { bulan }) {
        const { times, now, t } = context;
        const month = bulan ?? times.field(now).slice(0, 7);
        const rows = await eventOffice.list(Math.min((times.read(`${month}-01T00:00`) ?? now) - DAY, now - BACK));
        const upcoming = rows.filter(({ event }) => event.last > now - BACK);
        return { page: <CalendarPage {...{ context, month, rows, upcoming }} />, title: t('nav.events') };
      },
    }),
    route({
      ...{ method: 'get', path: '/acara/baru', may: 'events.change', input: z.strictObject({}) },
      handle: (context) =>
        Promise.resolve({ page: <NewEventPage {...{ context, lists }} />, title: context.t('events.new') }),
    }),
    route({
      ...{ method: 'post', path: '/acara', may: 'events.change', input: newSchema },
      async handle(context, input) {
        const { t, now } = context;
        const findings = [input.tentang, input.tempat].flatMap((text) => [...product.broadcasts.check(text)]);
        const again = (problems: readonly string[]): Reply => ({
          page: <NewEventPage {...{ context, lists, input, problems }} />,
          title: t('events.new'),
          status: 422,
        });
        if (findings.length > 0 && input.tetap === undefined) return again(findings);
        const file = fileOf(input);
        if (await events.event(file.id)) return again([t('events.twice', { name: file.name })]);
        try {
          await eventOffice.add(file, { picture: null, material: null }, now);
        } catch (error) {
          if (error instanceof RangeError || error instanceof KawanError) return again([error.message]);
          throw error;
        }
        await note(context, file.id, 'dibuat');
        context.say(t('events.made', { name: file.name }));
        return { to: `/acara/${file.id}` };
      },
    }),
    route({
      ...{ method: 'get', path: '/acara/:id', may: 'events.see', input: oneSchema },
      async handle(context, { id }) {
        const props = await propsOf(context, id);
        return props ? { page: <EventPage {...props} />, title: props.event.name } : { missing: true };
      },
    }),
    route({
      ...{ method: 'get', path: '/acara/:id/daftar-hadir', may: 'events.see', input: oneSchema },
      async handle(context, { id }) {
        const props = await propsOf(context, id);
        if (!props) return { missing: true };
        await note(context, id, 'daftar hadir');
        return { page: <AttendanceList {...props} />, title: context.t('events.attendance') };
      },
    }),
    route({
      ...{ method: 'post', path: '/acara/:id/pindah', may: 'events.change', input: moveSchema },
      handle: acting(async ({ t, now, times }, { id, mulai, tempat }: z.infer<typeof moveSchema>) => {
        const event = await eventOffice.eventNamed(id);
        if (event.state !== 'open') throw new Refusal(t('events.over'));
        const start = mulai === undefined ? undefined : times.read(mulai);
        const shift = start === undefined ? 0 : start - (event.dates[0]?.start ?? start);
        if (shift === 0 && tempat === undefined) throw new Refusal(t('people.nothingChanged'));
        const place = tempat === undefined ? {} : { place: { ...event.place, words: tempat } };
        await eventOffice.move(id, { shift, ...place }, now);
        return { noted: `pindah ${mulai ?? ''} ${tempat ?? ''}`, told: t('events.moved') };
      }),
    }),
    route({
      ...{ method: 'post', path: '/acara/:id/batal', may: 'events.change', input: cancelSchema },
      handle: acting(async ({ t, now }, { id, alasan }: z.infer<typeof cancelSchema>) => {
        await eventOffice.cancel(id, alasan, now);
        return { noted: `batal: ${alasan}`, told: t('events.cancelled') };
      }),
    }),
    route({
      ...{ method: 'post', path: '/acara/:id/putusan', may: 'events.change', input: decideSchema },
      handle: acting(async ({ t, now }, { id, orang, putusan, alasan }: z.infer<typeof decideSchema>) => {
        if (putusan === 'tolak' && alasan === '') throw new Refusal(t('events.needsReason'));
        await eventOffice.decide(id, orang, putusan === 'pilih' ? { chosen: true } : { reason: alasan }, now);
        return { noted: `${putusan} ${alasan}`, person: orang, told: t('events.decided') };
      }),
    }),
    route({
      ...{ method: 'post', path: '/acara/:id/hadir', may: 'events.change', input: presentSchema },
      handle: acting(async ({ t, now }, { id, hadir }: z.infer<typeof presentSchema>) => {
        const n = await eventOffice.attended(id, hadir, now);
        return { noted: `hadir: ${hadir.length}`, told: t('events.present', { n }) };
      }),
    }),
    route({
      ...{ method: 'post', path: '/acara/:id/keluarkan', may: 'events.change', input: withdrawSchema },
      handle: acting(async ({ t, now }, { id, orang }: z.infer<typeof withdrawSchema>) => {
        await eventOffice.withdraw(id, orang, now);
        return { noted: 'dikeluarkan', person: orang, told: t('events.withdrawn') };
      }),
    }),
  ];
}
