/** The list for the table at the door: names, and a line to sign on. */
import type { VNode } from 'preact';
import type { EventProps } from './event.tsx';

export function AttendanceList({ context, event, rows, lists }: EventProps): VNode {
  const { t, times } = context;
  const coming = rows
    .filter(({ state }) => state === 'coming' || state === 'chosen')
    .sort((a, b) => a.who.name.localeCompare(b.who.name, 'id'));
  return (
    <>
      <p class="crumbs">
        <a href={`/acara/${event._id}`}>{event.name}</a>
      </p>
      <h1>
        {t('events.attendance')}: {event.name}
      </h1>
      <p>
        {times.full(event.dates[0]?.start ?? event.last)} · {event.place.words}
      </p>
      <p class="hint">{t('events.printHint')}</p>
      <table class="sheet">
        <thead>
          <tr>
            {[t('events.row'), t('people.name'), t('people.kelurahan'), t('events.sign')].map((head) => (
              <th scope="col">{head}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {coming.map((row, index) => (
            <tr>
              <td data-head={t('events.row')}>{index + 1}</td>
              <td data-head={t('people.name')}>{row.who.name}</td>
              <td data-head={t('people.kelurahan')}>{lists.area(row.who.kelurahan)}</td>
              <td data-head={t('events.sign')} />
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
