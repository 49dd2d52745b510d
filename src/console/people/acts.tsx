/** What an officer can do with a person's record: verify, correct, merge. */
import type { VNode } from 'preact';
import { Confirm, Field, Form, Select, Table } from '../shell/parts.tsx';
import type { CardProps } from './card.tsx';
import { standings } from './input.ts';
import type { PersonRecord } from './store.ts';

export function Standing({ context, card }: CardProps): VNode {
  const { t } = context;
  const { person } = card;
  const last = person.verifications?.at(-1);
  return (
    <details class="fold" open>
      <summary>{t('people.standing')}</summary>
      <p class="hint">
        {last ? t('people.verifiedOn', { on: last.on, when: context.times.day(last.at) }) : t('people.notVerified')}
      </p>
      <Form context={context} action={`/orang/${person._id}/status`}>
        <Select
          name="status"
          label={t('people.standing')}
          value={person.standing}
          options={standings.map((standing) => ({ value: standing, label: t.of('standings', standing) }))}
        />
        <Field
          name="atas"
          label={t('people.seen')}
          hint={t('people.seenHint')}
          required
          minlength={3}
          maxlength={200}
        />
        <button>{t('forms.save')}</button>
      </Form>
    </details>
  );
}

export function Edit({ context, card, lists }: CardProps): VNode {
  const { t } = context;
  const { person } = card;
  return (
    <details class="fold">
      <summary>{t('people.edit')}</summary>
      <Form context={context} action={`/orang/${person._id}/ubah`}>
        <Field name="nama" label={t('people.name')} value={person.name} required minlength={2} maxlength={80} />
        <fieldset>
          <legend>{t('people.crafts')}</legend>
          {lists.crafts.map(({ id, name }) => (
            <label class="check">
              <input type="checkbox" name="kerajinan" value={id} checked={person.crafts.includes(id)} />
              {name}
            </label>
          ))}
        </fieldset>
        <Select
          name="kelurahan"
          label={t('people.kelurahan')}
          value={person.kelurahan}
          options={lists.areas.map(({ code, name }) => ({ value: code, label: name }))}
        />
        <Field name="tahun" label={t('people.years')} type="number" value={person.years} min={0} max={90} />
        <Field name="alasan" label={t('people.reason')} required minlength={3} maxlength={200} />
        <button>{t('forms.save')}</button>
      </Form>
    </details>
  );
}

export function Merge({ context, card, staff }: CardProps): VNode {
  const { t, times } = context;
  const { merges } = card;
  const path = `/orang/${card.person._id}`;
  return (
    <details class="fold" open={merges.some(({ undone }) => !undone)}>
      <summary>{t('people.merge')}</summary>
      <p class="hint">{t('people.mergeHint')}</p>
      <Form context={context} action={`${path}/gabung`}>
        <Field name="nomor" label={t('people.otherNumber')} inputmode="numeric" required />
        <Field name="alasan" label={t('people.reason')} required minlength={3} maxlength={200} />
        <button>{t('people.compare')}</button>
      </Form>
      {merges
        .filter(({ undone }) => !undone)
        .map((merge) => (
          <div class="panel">
            <p>
              {t('people.mergedWith', {
                name: merge.ended.name,
                who: staff.get(merge.by)?.name ?? merge.by,
                when: times.day(merge.at),
                reason: merge.reason,
              })}
            </p>
            <Confirm word={t('people.unmerge')}>
              <Form context={context} action={`${path}/pisah`}>
                <input type="hidden" name="gabungan" value={merge._id} />
                <Field name="alasan" label={t('people.reason')} required minlength={3} maxlength={200} />
                <button>{t('people.unmergeYes')}</button>
              </Form>
            </Confirm>
          </div>
        ))}
    </details>
  );
}

export function Compare({ context, card, lists, merge }: CardProps): VNode | null {
  const { t, times } = context;
  const other = merge?.other;
  if (!merge || !other) return null;
  const cells = (person: PersonRecord) => [
    person.name,
    person.number,
    person.crafts.map(lists.craft).join(', '),
    lists.area(person.kelurahan),
    t.of('standings', person.standing),
    times.day(person.createdAt),
  ];
  const names = [
    ...[t('people.name'), t('people.number'), t('people.crafts'), t('people.kelurahan'), t('people.standing')],
    t('people.since'),
  ];
  const [stays, ends] = [cells(card.person), cells(other)];
  return (
    <div class="said warn">
      <h2>{t('people.mergeAsk')}</h2>
      <Table
        heads={['', t('people.stays'), t('people.ends')]}
        empty=""
        rows={names.map((name, index) => [name, stays[index], ends[index]])}
      />
      <p>{t('people.mergeWhat')}</p>
      <Form context={context} action={`/orang/${card.person._id}/gabung`}>
        <input type="hidden" name="nomor" value={other.number} />
        <input type="hidden" name="alasan" value={merge.alasan} />
        <input type="hidden" name="yakin" value="1" />
        <button class="main">{t('people.mergeYes')}</button>{' '}
        <a class="button quiet" href={`/orang/${card.person._id}`}>
          {t('forms.cancel')}
        </a>
      </Form>
    </div>
  );
}
