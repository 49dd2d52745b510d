/** The audit as a page: searched, read, never changed. */
import { z } from 'zod';
import type { ConsoleParts } from '../parts.ts';
import { accountId, instant, optional, personId } from '../shell/fields.ts';
import { route, type Route } from '../shell/page.tsx';
import { Field, Select, Table } from '../shell/parts.tsx';
import { auditKinds } from './store.ts';

/** Lines that a page holds. */
const PAGE = 100;

const input = z.strictObject({
  siapa: optional(accountId),
  apa: optional(z.enum(auditKinds)),
  orang: optional(personId),
  sebelum: optional(instant),
});

export function createAuditPages({ audit, staff }: ConsoleParts): Route[] {
  return [
    route({
      ...{ method: 'get', path: '/jejak', may: 'audit.see', input },
      async handle(context, { siapa, apa, orang, sebelum }) {
        const { t, times, me, now } = context;
        const filter = {
          ...(siapa !== undefined && { account: siapa }),
          ...(apa !== undefined && { what: apa }),
          ...(orang !== undefined && { person: orang }),
          ...(sebelum !== undefined && { before: sebelum }),
        };
        // Who looks after others is looked after, too.
        await audit.note({
          what: 'see audit',
          account: me._id,
          at: new Date(now),
          ...(orang !== undefined && { person: orang }),
        });
        const [entries, accounts] = await Promise.all([audit.list(filter, PAGE), staff()]);
        const last = entries.length === PAGE ? entries.at(-1) : undefined;
        const page = (
          <>
            <h1>{t('nav.audit')}</h1>
            <form method="get" class="filter" role="search">
              <Select
                name="siapa"
                label={t('audit.who')}
                value={siapa}
                empty={t('people.all')}
                options={[...accounts.values()].map(({ _id, name }) => ({ value: _id, label: name }))}
              />
              <Select
                name="apa"
                label={t('audit.what')}
                value={apa}
                empty={t('people.all')}
                options={auditKinds.map((kind) => ({ value: kind, label: t.of('auditKinds', kind) }))}
              />
              <Field name="orang" label={t('audit.person')} value={orang} />
              <button>{t('forms.show')}</button>
            </form>
            <Table
              heads={[t('people.when'), t('audit.who'), t('audit.what'), t('audit.about'), t('people.reason')]}
              empty={t('audit.none')}
              rows={entries.map(({ at, account, what, person, thing, reason, changes }) => [
                times.full(at),
                accounts.get(account)?.name ?? account,
                <>
                  {t.of('auditKinds', what)}
                  {changes && (
                    <span class="hint">
                      {' '}
                      {Object.entries(changes)
                        .map(([field, { from, to }]) => `${t.of('fields', field)}: ${String(from)} → ${String(to)}`)
                        .join('; ')}
                    </span>
                  )}
                </>,
                person === undefined ? (thing ?? '') : <a href={`/orang/${person}`}>{person.slice(0, 12)}</a>,
                reason ?? '',
              ])}
            />
            {last && (
              <a
                class="button"
                href={`/jejak?${new URLSearchParams({ ...(siapa && { siapa }), ...(apa && { apa }), ...(orang && { orang }), sebelum: String(Number(last.at)) }).toString()}`}
              >
                {t('inbox.older')}
              </a>
            )}
          </>
        );
        return { page, title: t('nav.audit') };
      },
    }),
  ];
}
