/** A month of events, and below it those that come, with how many take part. */
import { DateTime } from 'luxon';
import type { VNode } from 'preact';
import type { EventRow } from '../../programmes/events/office.ts';
import type { Context } from '../shell/page.tsx';
import { Table, Tag } from '../shell/parts.tsx';
import { count } from '../shell/times.ts';

export interface CalendarProps {
  context: Context;
  /** "2026-12". */
  month: string;
  rows: readonly EventRow[];
  upcoming: readonly EventRow[];
}

export function CalendarPage({ context, month, rows, upcoming }: CalendarProps): VNode {
  const { t, times, may, me } = context;
  const first = DateTime.fromISO(`${month}-01`, { zone: 'utc' }).setLocale(me.language);
  const link = (months: number) => `/acara?bulan=${first.plus({ months }).toFormat('yyyy-MM')}`;
  const onDay = new Map<string, { id: string; name: string; at: number; cancelled: boolean }[]>();
  for (const { event } of rows)
    for (const { start } of event.dates) {
      const day = times.field(start).slice(0, 10);
      const one = { id: event._id, name: event.name, at: start, cancelled: event.state === 'cancelled' };
      onDay.set(day, [...(onDay.get(day) ?? []), one]);
    }
  const days = Array.from({ length: first.daysInMonth ?? 31 }, (_, index) => first.plus({ days: index }));
  return (
    <>
      <h1>{t('nav.events')}</h1>
      {may('events.change') && (
        <p>
          <a class="button" href="/acara/baru">
            {t('events.new')}
          </a>
        </p>
      )}
      <div class="month-head">
        <a class="button quiet" href={link(-1)} aria-label={t('events.before')}>
          ←
        </a>
        <h2>{first.toFormat('LLLL yyyy')}</h2>
        <a class="button quiet" href={link(1)} aria-label={t('events.after')}>
          →
        </a>
      </div>
      <ol class={`month start-${first.weekday}`}>
        {days.map((day) => {
          const here = onDay.get(day.toISODate() ?? '') ?? [];
          return (
            <li class={here.length > 0 ? 'some' : ''}>
              <span class="hint">
                <abbr title={day.toFormat('cccc')}>{day.toFormat('ccc')}</abbr> {day.day}
              </span>
              {here.map(({ id, name, at, cancelled }) => (
                <a href={`/acara/${id}`} class={cancelled ? 'bad' : ''}>
                  {times.clock(at)} {name}
                </a>
              ))}
            </li>
          );
        })}
      </ol>
      <h2>{t('events.coming')}</h2>
      <Table
        heads={[
          t('people.name'),
          t('events.kind'),
          t('people.when'),
          t('events.enrolled'),
          t('events.waiting'),
          t('people.state'),
        ]}
        empty={t('events.none')}
        rows={upcoming.map(({ event, counts }) => [
          <a href={`/acara/${event._id}`}>{event.name}</a>,
          t.of('eventKinds', event.kind),
          times.full(event.dates[0]?.start ?? event.last),
          `${count((counts.coming ?? 0) + (counts.chosen ?? 0))}${event.places === null ? '' : ` / ${count(event.places)}`}`,
          count((counts.waiting ?? 0) + (counts.offered ?? 0) + (counts.applied ?? 0)),
          <Tag kind={event.state === 'open' ? 'good' : 'bad'}>{t.of('eventStates', event.state)}</Tag>,
        ])}
      />
    </>
  );
}
