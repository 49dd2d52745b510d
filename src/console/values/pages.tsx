/** The list of values that the office owns, and one value with its drafts and its history. */
import type { VNode } from 'preact';
import type { Account } from '../access/store.ts';
import type { StoredValue } from '../../storage/rule-values.ts';
import type { Context } from '../shell/page.tsx';
import { Confirm, Field, Form, Table, Tag } from '../shell/parts.tsx';
import type { Row } from './index.tsx';
import { showValue, type Kind } from './reading.ts';

export interface ListProps {
  context: Context;
  rows: readonly Row[];
  drafts: readonly StoredValue[];
  /** The opening hours in the office's file are an example still. */
  sampleHours: boolean;
}

export function ValuesPage({ context, rows, drafts, sampleHours }: ListProps): VNode {
  const { t } = context;
  const unknown = rows.filter(({ held }) => held.unknown !== null || held.sample);
  const known = rows.filter((row) => !unknown.includes(row));
  return (
    <>
      <h1>{t('nav.values')}</h1>
      <p class="hint">{t('values.hint')}</p>
      {drafts.length > 0 && <p>{t('values.drafts', { n: drafts.length })}</p>}
      <h2>{t('values.unknown', { n: unknown.length })}</h2>
      <List {...{ context, rows: unknown }} />
      {sampleHours && (
        <p>
          {t('values.sampleHours')} <Tag kind="bad">{t('values.sample')}</Tag>
        </p>
      )}
      <h2>{t('values.known')}</h2>
      <List {...{ context, rows: known }} />
    </>
  );
}

function List({ context, rows }: { context: Context; rows: readonly Row[] }): VNode {
  const { t } = context;
  return (
    <Table
      heads={[t('values.what'), t('values.value'), t('values.blocks'), t('values.source')]}
      empty={t('values.none')}
      rows={rows.map((row) => [
        <a href={`/nilai/${row.rule}/${row.name}`}>{row.label}</a>,
        <Now context={context} row={row} />,
        row.blocks,
        `${row.held.source} (${dayOf(context, row.held.checked)})`,
      ])}
    />
  );
}

/** What is told of it just now. */
function Now({ context: { t }, row: { kind, held, stale } }: { context: Context; row: Row }): VNode {
  return (
    <>
      {held.range ? (
        `${showValue(kind, held.range.low)} – ${showValue(kind, held.range.high)}`
      ) : held.value === null ? (
        <Tag kind="warn">{t('values.notKnown')}</Tag>
      ) : (
        showValue(kind, held.value)
      )}{' '}
      {held.sample && <Tag kind="bad">{t('values.sample')}</Tag>}{' '}
      {stale && <Tag kind="warn">{t('values.staleTag')}</Tag>}
    </>
  );
}

export interface OneProps {
  context: Context;
  row: Row;
  history: readonly StoredValue[];
  staff: ReadonlyMap<string, Account>;
  /** The office's own day, "2026-11-25". */
  today: string;
}

export function OnePage(props: OneProps): VNode {
  const { context, row } = props;
  const { t, may } = context;
  return (
    <>
      <p class="crumbs">
        <a href="/nilai">{t('nav.values')}</a>
      </p>
      <h1>{row.label}</h1>
      <p>
        {t('values.now')}: <Now context={context} row={row} />
      </p>
      <p class="hint">{t('values.blocksHint', { what: row.blocks })}</p>
      <div class="desk">
        <section>
          <History {...props} />
        </section>
        <aside class="card-side">{may('values.change') && <Draft {...props} />}</aside>
      </div>
    </>
  );
}

/** A day of the office, as it is written: "25 November 2026". */
const dayOf = ({ times }: Context, day: string): string => times.day(times.read(day) ?? 0);

const rangeable: readonly Kind[] = ['money', 'rate', 'number'];

function Draft({ context, row, today }: OneProps): VNode {
  const { t } = context;
  return (
    <Form context={context} action={`/nilai/${row.rule}/${row.name}/rancangan`} class="panel">
      <h2>{t('values.write')}</h2>
      <Field name="isi" label={t('values.value')} hint={t.of('valueHints', row.kind)} maxlength={200} />
      {rangeable.includes(row.kind) && (
        <>
          <p class="hint">{t('values.rangeHint')}</p>
          <Field name="rendah" label={t('values.low')} maxlength={40} />
          <Field name="tinggi" label={t('values.high')} maxlength={40} />
        </>
      )}
      <Field
        name="sumber"
        label={t('values.sourceAsk')}
        hint={t('values.sourceHint')}
        required
        minlength={3}
        maxlength={200}
      />
      <Field name="dicek" label={t('values.checked')} type="date" value={today} required />
      <Field name="mulai" label={t('values.from')} type="date" value={today} required />
      <button>{t('values.saveDraft')}</button>
    </Form>
  );
}

function History({ context, row, history, staff }: OneProps): VNode {
  const { t, times, may } = context;
  const who = (id: string) => staff.get(id)?.name ?? id;
  const value = ({ range, value: one }: StoredValue) =>
    range
      ? `${showValue(row.kind, range.low)} – ${showValue(row.kind, range.high)}`
      : one === null
        ? '–'
        : showValue(row.kind, one);
  const base = `/nilai/${row.rule}/${row.name}`;
  return (
    <>
      <h2>{t('values.history')}</h2>
      <Table
        heads={[t('values.value'), t('values.from'), t('values.source'), t('values.state'), t('audit.who'), '']}
        empty={t('values.nothing')}
        rows={history.map((one) => [
          value(one),
          dayOf(context, one.from),
          `${one.source} (${dayOf(context, one.checked)})`,
          <Tag kind={one.state === 'published' ? 'good' : one.state === 'draft' ? 'warn' : 'plain'}>
            {t.of('valueStates', one.state)}
          </Tag>,
          `${who(one.written.by)}, ${times.short(one.written.at)}${one.rolledBack ? `. ${one.rolledBack.reason}` : ''}`,
          may('values.change') && one.state === 'draft' ? (
            <Confirm word={t('values.publish')}>
              <p>{t('values.publishHint', { from: dayOf(context, one.from) })}</p>
              <Form context={context} action={`${base}/terbitkan`}>
                <input type="hidden" name="id" value={one._id} />
                <button>{t('values.publishYes')}</button>
              </Form>
            </Confirm>
          ) : may('values.change') && one.state === 'published' ? (
            <Confirm word={t('values.rollBack')} danger>
              <p>{t('values.rollBackHint')}</p>
              <Form context={context} action={`${base}/tarik`}>
                <input type="hidden" name="id" value={one._id} />
                <Field name="alasan" label={t('people.reason')} required minlength={3} maxlength={200} />
                <button class="danger">{t('values.rollBackYes')}</button>
              </Form>
            </Confirm>
          ) : (
            ''
          ),
        ])}
      />
    </>
  );
}
