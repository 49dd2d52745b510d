/** Who has seen or changed a person's data. */
import type { VNode } from 'preact';
import type { Account } from '../access/store.ts';
import type { AuditEntry } from '../audit/store.ts';
import type { Context } from '../shell/page.tsx';
import { Table } from '../shell/parts.tsx';
import type { PersonRecord } from './store.ts';

export interface HistoryProps {
  context: Context;
  person: PersonRecord;
  entries: readonly AuditEntry[];
  staff: ReadonlyMap<string, Account>;
}

/** What the person may ask for: who has seen or changed their data, when and why. Made to be printed. */
export function HistoryPage({ context, person, entries, staff }: HistoryProps): VNode {
  const { t, times } = context;
  return (
    <>
      <p class="crumbs">
        <a href={`/orang/${person._id}`}>{person.name}</a>
      </p>
      <h1>{t('people.trail')}</h1>
      <p>{t('people.trailHint', { name: person.name, when: times.full(context.now) })}</p>
      <Table
        heads={[t('people.when'), t('audit.who'), t('people.what'), t('people.reason')]}
        empty={t('audit.none')}
        rows={entries.map(({ at, account, what, reason, changes }) => [
          times.full(at),
          staff.get(account)?.name ?? account,
          <>
            {t.of('auditKinds', what)}
            {changes && (
              <span class="hint">
                {' '}
                {Object.keys(changes)
                  .map((field) => t.of('fields', field))
                  .join(', ')}
              </span>
            )}
          </>,
          reason ?? '',
        ])}
      />
    </>
  );
}
