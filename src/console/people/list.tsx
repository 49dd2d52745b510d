/** All persons that are asked for, in the order of names. */
import type { VNode } from 'preact';
import type { Context } from '../shell/page.tsx';
import { Form, Select, Table, Tag } from '../shell/parts.tsx';
import type { Lists } from './index.tsx';
import { standings, type ListInput } from './input.ts';
import { maskedNumber } from './mask.ts';
import type { PersonRecord } from './store.ts';

/** How a standing looks: only what the office itself has looked at is good. */
export const standingTag = { declared: 'plain', matched: 'warn', verified: 'good', rejected: 'bad' } as const;

export interface PeopleProps {
  context: Context;
  rows: readonly PersonRecord[];
  next: string | undefined;
  input: Omit<ListInput, 'sesudah'>;
  lists: Lists;
}

/** The filter as it stands in an address. */
export const queryOf = (input: object, more: Record<string, string> = {}): string =>
  new URLSearchParams(
    Object.entries({ ...input, ...more }).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  ).toString();

export function PeoplePage({ context, rows, next, input, lists }: PeopleProps): VNode {
  const { t, may, scope } = context;
  const whole = may('people.number');
  return (
    <>
      <h1>{t('nav.people')}</h1>
      <Form context={context} action="/orang/cari" class="filter" more={{ role: 'search' }}>
        <label class="field">
          <span>{t('people.search')}</span>
          <input type="search" name="q" value={context.searched('people') ?? ''} placeholder={t('people.searchHint')} />
        </label>
        <Select
          name="kerajinan"
          label={t('people.crafts')}
          value={input.kerajinan}
          empty={t('people.all')}
          options={lists.crafts.map(({ id, name }) => ({ value: id, label: name }))}
        />
        {'all' in scope && (
          <Select
            name="kelurahan"
            label={t('people.kelurahan')}
            value={input.kelurahan}
            empty={t('people.all')}
            options={lists.areas.map(({ code, name }) => ({ value: code, label: name }))}
          />
        )}
        <Select
          name="status"
          label={t('people.standing')}
          value={input.status}
          empty={t('people.all')}
          options={standings.map((standing) => ({ value: standing, label: t.of('standings', standing) }))}
        />
        <button>{t('forms.show')}</button>
      </Form>
      <Table
        heads={[t('people.name'), t('people.number'), t('people.crafts'), t('people.kelurahan'), t('people.standing')]}
        empty={t('people.none')}
        rows={rows.map((person) => [
          <a href={`/orang/${person._id}`}>{person.name}</a>,
          whole ? person.number : maskedNumber(person.number),
          person.crafts.map(lists.craft).join(', '),
          lists.area(person.kelurahan),
          <Tag kind={standingTag[person.standing]}>{t.of('standings', person.standing)}</Tag>,
        ])}
      />
      <div class="row">
        {next !== undefined && (
          <a class="button" href={`/orang?${queryOf(input, { sesudah: next })}`}>
            {t('people.next')}
          </a>
        )}
        {may('people.export') && (
          <>
            <a class="button quiet" href={`/orang/unduh?${queryOf(input, { bentuk: 'xlsx' })}`} download>
              {t('people.xlsx')}
            </a>
            <a class="button quiet" href={`/orang/unduh?${queryOf(input, { bentuk: 'csv' })}`} download>
              {t('people.csv')}
            </a>
          </>
        )}
      </div>
    </>
  );
}
