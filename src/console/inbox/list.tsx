/** The inbox: what must be looked at at once on top, below it what waits, the newest activity first. */
import type { VNode } from 'preact';
import type { Account } from '../access/store.ts';
import type { Context } from '../shell/page.tsx';
import { Form, Select, Tag } from '../shell/parts.tsx';
import { whoIs } from './who.ts';
import type { InboxFilter } from './input.ts';
import type { CaseRow } from './store.ts';

export interface ListProps {
  context: Context;
  filter: InboxFilter;
  urgent: readonly CaseRow[];
  rows: readonly CaseRow[];
  /** There are more: the place where the next page begins. */
  next: number | undefined;
  staff: ReadonlyMap<string, Account>;
  kinds: readonly string[];
}

/** The filter as it stands in an address. */
export const queryOf = (filter: InboxFilter, more: Record<string, string | number> = {}): string => {
  const given = Object.entries({ ...filter, ...more }).filter(([, value]) => value !== undefined && value !== '');
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
};

export function Inbox(props: ListProps): VNode {
  const { context, filter, staff, kinds } = props;
  const { t } = context;
  const people = [...staff.values()].filter(
    ({ active, role }) => active && ['administrator', 'officer'].includes(role),
  );
  return (
    <>
      <h1>{t('inbox.title')}</h1>
      <Form context={context} action="/kotak-masuk/cari" class="filter" more={{ role: 'search' }}>
        <label class="field">
          <span>{t('inbox.search')}</span>
          <input type="search" name="q" value={context.searched('inbox') ?? ''} placeholder={t('inbox.searchHint')} />
        </label>
        <Select
          name="siapa"
          label={t('inbox.assignee')}
          value={filter.siapa}
          empty={t('inbox.anybody')}
          options={[
            { value: 'saya', label: t('inbox.mine') },
            { value: 'kosong', label: t('inbox.nobody') },
            ...people.map(({ _id, name }) => ({ value: _id, label: name })),
          ]}
        />
        <Select
          name="jenis"
          label={t('inbox.kind')}
          value={filter.jenis}
          empty={t('inbox.allKinds')}
          options={kinds.map((kind) => ({ value: kind, label: t.of('kinds', kind) }))}
        />
        <Select
          name="keadaan"
          label={t('inbox.state')}
          value={filter.keadaan ?? 'terbuka'}
          options={[
            { value: 'terbuka', label: t('inbox.open') },
            { value: 'terlambat', label: t('inbox.late') },
            { value: 'selesai', label: t('inbox.closed') },
          ]}
        />
        <button>{t('inbox.show')}</button>
        <a class="button quiet" href="/kotak-masuk/balasan">
          {t('inbox.canned')}
        </a>
      </Form>
      <div hx-ext="sse" sse-connect="/peristiwa">
        <div
          id="daftar"
          hx-get={`/kotak-masuk/daftar?${queryOf(filter)}`}
          hx-trigger="sse:cases delay:300ms, every 20s"
          hx-swap="innerHTML"
        >
          <Rows {...props} />
        </div>
      </div>
    </>
  );
}

export function Rows({ context, filter, urgent, rows, next, staff }: ListProps): VNode {
  const { t } = context;
  return (
    <>
      {urgent.length > 0 && (
        <section aria-labelledby="mendesak" class="urgent">
          <h2 id="mendesak">{t('inbox.urgent')}</h2>
          <ul class="cases">
            {urgent.map((row) => (
              <Row context={context} row={row} staff={staff} advice />
            ))}
          </ul>
        </section>
      )}
      {rows.length === 0 ? (
        <p class="empty">{t(urgent.length > 0 ? 'inbox.noneElse' : 'inbox.none')}</p>
      ) : (
        <ul class="cases">
          {rows.map((row) => (
            <Row context={context} row={row} staff={staff} />
          ))}
        </ul>
      )}
      {next !== undefined && (
        <p>
          <a class="button" href={`/kotak-masuk?${queryOf(filter, { sebelum: next })}`}>
            {t('inbox.older')}
          </a>
        </p>
      )}
    </>
  );
}

function Row({
  context,
  row,
  staff,
  advice,
}: {
  context: Context;
  row: CaseRow;
  staff: ReadonlyMap<string, Account>;
  advice?: true;
}): VNode {
  const { t, times, now } = context;
  const late = row.state === 'open' && row.dueAt !== null && Number(row.dueAt) < now;
  const who = whoIs(row.contact, row.person?.name, t);
  const assignee = row.assignee === null ? undefined : staff.get(row.assignee)?.name;
  return (
    <li>
      <a href={`/kotak-masuk/${row._id}`} class={late ? 'case late' : 'case'}>
        <span class="who">{who}</span>
        <span class="when">{times.since(row.touchedAt)}</span>
        <span class="what">
          <Tag kind={advice ? 'bad' : 'plain'}>{t.of('kinds', row.kind)}</Tag>
          {late && <Tag kind="bad">{t(row.escalatedAt ? 'inbox.escalated' : 'inbox.late')}</Tag>}
          {assignee !== undefined && <Tag kind="good">{assignee}</Tag>}
        </span>
        <span class="last">{advice ? t.of('advice', row.kind) : lastOf(row, t)}</span>
      </a>
    </li>
  );
}

const lastOf = ({ last, closed }: CaseRow, t: Context['t']): string => {
  if (closed) return closed.reason;
  if (!last) return '';
  return last.text !== undefined && last.text !== '' ? last.text.slice(0, 140) : t.of('media', last.kind ?? 'text');
};
