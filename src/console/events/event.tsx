/** One event: what it is, who comes, and what can be done about it. */
import type { VNode } from 'preact';
import type { EnrolmentState, EventRecord } from '../../programmes/events/model.ts';
import type { Lists } from '../people/index.tsx';
import type { Context } from '../shell/page.tsx';
import { Confirm, Field, Form, Table, Tag } from '../shell/parts.tsx';
import { count } from '../shell/times.ts';
import type { EnrolmentRow } from './store.ts';

export interface EventProps {
  context: Context;
  event: EventRecord;
  rows: readonly EnrolmentRow[];
  lists: Lists;
}

export function EventPage(props: EventProps): VNode {
  const { context, event } = props;
  const { t, may } = context;
  const open = event.state === 'open';
  return (
    <>
      <p class="crumbs">
        <a href="/acara">{t('nav.events')}</a>
      </p>
      <h1>{event.name}</h1>
      <p class="tags">
        <Tag kind="plain">{t.of('eventKinds', event.kind)}</Tag>
        {!open && <Tag kind="bad">{t.of('eventStates', event.state)}</Tag>}
        {event.reason !== null && <span>{event.reason}</span>}
      </p>
      <div class="desk">
        <section>
          <Facts {...props} />
          <Enrolments {...props} />
        </section>
        <aside class="card-side">
          <p>
            <a class="button" href={`/acara/${event._id}/daftar-hadir`}>
              {t('events.attendance')}
            </a>
          </p>
          {may('events.change') && open && <Changes {...props} />}
        </aside>
      </div>
    </>
  );
}

function Facts({ context, event, lists }: EventProps): VNode {
  const { t, times, may } = context;
  const facts: [string, VNode | string][] = [
    [t('events.about'), event.about],
    [
      t('people.when'),
      <>
        {event.dates.map(({ start, end }) => (
          <div>{`${times.full(start)} – ${times.clock(end)}`}</div>
        ))}
      </>,
    ],
    [t('events.place'), event.place.words],
    ...(event.place.online ? [[t('events.link'), event.place.online.link] as [string, string]] : []),
    [t('events.places'), event.places === null ? t('events.unlimited') : count(event.places)],
    [t('events.for'), whoFor(event, context, lists)],
    ...(event.bring === null ? [] : [[t('events.bring'), event.bring] as [string, string]]),
    ...(may('events.change') ? [[t('events.code'), event.code] as [string, string]] : []),
  ];
  return (
    <dl class="facts panel">
      {facts.map(([name, value]) => (
        <>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </>
      ))}
    </dl>
  );
}

function whoFor({ for: whom }: EventRecord, { t }: Context, lists: Lists): string {
  const parts = [whom.crafts?.map(lists.craft).join(', '), whom.kelurahan?.map(lists.area).join(', ')].filter(
    (part) => part !== undefined,
  );
  return parts.length === 0 ? t('broadcasts.everybody') : parts.join(' · ');
}

const stateTags: Record<EnrolmentState, 'good' | 'warn' | 'plain'> = {
  ...{ coming: 'good', chosen: 'good', waiting: 'warn', offered: 'warn', applied: 'warn' },
  ...{ cancelled: 'plain', lapsed: 'plain', declined: 'plain' },
};

function Enrolments({ context, event, rows, lists }: EventProps): VNode {
  const { t, may } = context;
  const change = may('events.change');
  const begun = (event.dates[0]?.start ?? 0) <= context.now;
  const taking = rows.filter(({ state }) => state === 'coming' || state === 'chosen');
  return (
    <>
      <h2>{t('events.people')}</h2>
      <Table
        heads={[t('people.name'), t('people.kelurahan'), t('people.state'), t('events.was'), '']}
        empty={t('events.nobody')}
        rows={rows.map((row) => [
          <a href={`/orang/${row.person}`}>{row.who.name}</a>,
          lists.area(row.who.kelurahan),
          <Tag kind={stateTags[row.state]}>{t.of('enrolments', row.state)}</Tag>,
          row.present.length > 0 ? t('events.wasThere', { n: row.present.length }) : '–',
          change ? <EnrolmentActs {...{ context, event, row }} /> : '',
        ])}
      />
      {change && begun && taking.length > 0 && (
        <Form context={context} action={`/acara/${event._id}/hadir`}>
          <fieldset>
            <legend>{t('events.mark')}</legend>
            {taking.map((row) => (
              <label class="check">
                <input type="checkbox" name="hadir" value={row.person} checked={row.present.length > 0} />{' '}
                {row.who.name}
              </label>
            ))}
          </fieldset>
          <button class="main">{t('events.markYes')}</button>
        </Form>
      )}
    </>
  );
}

function EnrolmentActs({ context, event, row }: { context: Context; event: EventRecord; row: EnrolmentRow }): VNode {
  const { t } = context;
  const who = <input type="hidden" name="orang" value={row.person} />;
  if (row.state === 'applied')
    return (
      <Confirm word={t('events.decide')}>
        <Form context={context} action={`/acara/${event._id}/putusan`}>
          {who}
          <Field name="alasan" label={t('events.declineReason')} maxlength={80} />
          <button name="putusan" value="pilih" class="main">
            {t('events.choose')}
          </button>{' '}
          <button name="putusan" value="tolak">
            {t('events.decline')}
          </button>
        </Form>
      </Confirm>
    );
  if (!['coming', 'waiting', 'offered', 'chosen'].includes(row.state)) return <></>;
  return (
    <Confirm word={t('events.takeOut')} danger>
      <Form context={context} action={`/acara/${event._id}/keluarkan`}>
        {who}
        <button class="danger">{t('events.takeOutYes', { name: row.who.name })}</button>
      </Form>
    </Confirm>
  );
}

function Changes({ context, event, rows }: EventProps): VNode {
  const { t, times } = context;
  const path = `/acara/${event._id}`;
  const concerned = rows.filter(({ state }) => !['cancelled', 'lapsed', 'declined'].includes(state)).length;
  return (
    <>
      <Confirm word={t('events.move')}>
        <p>{t('events.moveHint', { n: concerned })}</p>
        <Form context={context} action={`${path}/pindah`}>
          <Field
            name="mulai"
            label={t('events.newTime')}
            type="datetime-local"
            value={times.field(event.dates[0]?.start ?? 0)}
          />
          <Field name="tempat" label={t('events.newPlace')} maxlength={60} />
          <button class="main">{t('events.moveYes')}</button>
        </Form>
      </Confirm>
      <Confirm word={t('events.cancel')} danger>
        <p>{t('events.cancelHint', { n: concerned })}</p>
        <Form context={context} action={`${path}/batal`}>
          <Field name="alasan" label={t('people.reason')} required minlength={3} maxlength={80} />
          <button class="danger">{t('events.cancelYes')}</button>
        </Form>
      </Confirm>
    </>
  );
}
