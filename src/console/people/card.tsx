/** One person: what is known, what has happened, and what an officer can do about it. */
import type { VNode } from 'preact';
import type { Account } from '../access/store.ts';
import type { Person } from '../../programmes/registration/store.ts';
import type { Context } from '../shell/page.tsx';
import { Form, Table, Tag } from '../shell/parts.tsx';
import { Compare, Edit, Merge, Standing } from './acts.tsx';
import type { Lists } from './index.tsx';
import { standingTag } from './list.tsx';
import { maskedNumber, maskedPhone, phoneIn } from './mask.ts';
import type { Card } from './store.ts';

export interface CardProps {
  context: Context;
  card: Card;
  staff: ReadonlyMap<string, Account>;
  lists: Lists;
  /** A merge that is being asked for: with the other person once it is known who that is. */
  merge?: { nomor: string; alasan: string; problem?: string; other?: Person };
}

export function CardPage(props: CardProps): VNode {
  const { context, card } = props;
  const { t, may } = context;
  const { person } = card;
  return (
    <>
      <p class="crumbs">
        <a href="/orang">{t('nav.people')}</a>
      </p>
      <h1>{person.name}</h1>
      <p class="tags">
        <Tag kind={standingTag[person.standing]}>{t.of('standings', person.standing)}</Tag>
        {card.conversation?.muted && <Tag kind="warn">{t('people.muted')}</Tag>}
      </p>
      {props.merge?.other && <Compare {...props} />}
      {props.merge?.problem !== undefined && (
        <p class="said bad" role="alert">
          {props.merge.problem}
        </p>
      )}
      <div class="desk">
        <section>
          <Facts {...props} />
          <Timeline {...props} />
        </section>
        <aside class="card-side">
          {may('people.verify') && <Standing {...props} />}
          {may('people.edit') && <Edit {...props} />}
          {may('people.merge') && <Merge {...props} />}
          {may('people.edit') && (
            <p>
              <a href={`/orang/${person._id}/jejak`}>{t('people.trail')}</a>
            </p>
          )}
        </aside>
      </div>
    </>
  );
}

function Facts({ context, card, lists }: CardProps): VNode {
  const { t, may, times } = context;
  const { person, conversation, group, beside } = card;
  const whole = may('people.number');
  const phone = phoneIn(conversation?.aliases ?? []);
  const facts: [string, unknown][] = [
    [
      t('people.number'),
      whole ? `${person.number.slice(0, 3)} ${person.number.slice(3)}` : maskedNumber(person.number),
    ],
    [t('people.phone'), phone === undefined ? '–' : whole ? phone : maskedPhone(phone)],
    [t('people.crafts'), person.crafts.map(lists.craft).join(', ')],
    [t('people.kelurahan'), lists.area(person.kelurahan)],
    [t('people.business'), t.of('businesses', person.business)],
    [t('people.group'), group ? <a href={`/kelompok/${group._id}`}>{group.name}</a> : '–'],
    [t('people.years'), person.years ?? (person.yearsSaid === null ? '–' : t.of('years', person.yearsSaid))],
    [t('people.language'), t.of('languages', conversation?.language ?? 'id')],
    [t('people.lastHeard'), conversation?.heardAt === undefined ? '–' : times.full(conversation.heardAt)],
  ];
  return (
    <div class="panel">
      <dl class="facts">
        {facts.map(([name, value]) => (
          <>
            <dt>{name}</dt>
            <dd>{value as string}</dd>
          </>
        ))}
      </dl>
      {beside.length > 0 && (
        <p class="hint">
          {t('people.beside')}{' '}
          {beside.map(({ _id, name }, index) => (
            <>
              {index > 0 && ', '}
              <a href={`/orang/${_id}`}>{name}</a>
            </>
          ))}
        </p>
      )}
      {conversation && may('inbox.answer') && (
        <Form context={context} action={`/orang/${person._id}/tulis`}>
          <button>{t('people.openTalk')}</button>
        </Form>
      )}
    </div>
  );
}

/** Everything that has happened with a person, the newest first. */
function Timeline({ context, card, staff }: CardProps): VNode {
  const { t, times, may } = context;
  const who = (id: string) => staff.get(id)?.name ?? id;
  const happened: { at: number; what: VNode | string }[] = [
    { at: Number(card.person.createdAt), what: t('timeline.registered') },
    ...card.consents.flatMap((consent) => [
      { at: Number(consent.at), what: t(consent.layer === 'full' ? 'timeline.consentFull' : 'timeline.consent') },
      ...(consent.withdrawnAt ? [{ at: Number(consent.withdrawnAt), what: t('timeline.withdrawn') }] : []),
    ]),
    ...card.enrolments.map(({ event, state, since }) => ({
      at: since,
      what: (
        <>
          <a href={`/acara/${event}`}>{event}</a>: {t.of('enrolments', state)}
        </>
      ),
    })),
    ...card.cases.map(({ _id, kind, openedAt, state }) => ({
      at: Number(openedAt),
      what: (
        <>
          {may('inbox.see') ? <a href={`/kotak-masuk/${_id}`}>{t.of('kinds', kind)}</a> : t.of('kinds', kind)} (
          {t(state === 'open' ? 'inbox.open' : 'inbox.closed')})
        </>
      ),
    })),
    ...(card.person.verifications ?? []).map(({ standing, by, at, on }) => ({
      at: Number(at),
      what: t('timeline.standing', { standing: t.of('standings', standing), who: who(by), on }),
    })),
    ...card.merges.map(({ at, by, ended }) => ({
      at: Number(at),
      what: t('timeline.merged', { name: ended.name, who: who(by) }),
    })),
  ];
  return (
    <>
      <h2>{t('people.timeline')}</h2>
      <Table
        heads={[t('people.when'), t('people.what')]}
        empty={t('people.none')}
        rows={happened.sort((a, b) => b.at - a.at).map(({ at, what }) => [times.full(at), what])}
      />
    </>
  );
}
