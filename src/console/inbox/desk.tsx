/** One case: the whole talk, who it is with, and what can be done. */
import type { VNode } from 'preact';
import type { Account } from '../access/store.ts';
import type { ConversationDocument } from '../../storage/models/index.ts';
import { maskedNumber, maskedPhone, phoneIn } from '../people/mask.ts';
import type { Context } from '../shell/page.tsx';
import { Confirm, Form, Select, Tag } from '../shell/parts.tsx';
import { whoIs } from './who.ts';
import type { Desk, TalkMessage } from './store.ts';
import { Talk } from './talk.tsx';

export interface DeskProps {
  context: Context;
  desk: Desk;
  talk: readonly TalkMessage[];
  older: boolean;
  staff: ReadonlyMap<string, Account>;
  area(code: string): string;
  craft(id: string): string;
  /** A new one for each form that is shown: the same form sent twice is one message. */
  formKey: string;
  /** What was typed and not sent, and why. */
  again?: { text: string; problem: string };
}

export const takeoverOf = (conversation: ConversationDocument | undefined, now: number) =>
  conversation?.takeover && conversation.takeover.until > now ? conversation.takeover : undefined;

export function CasePage(props: DeskProps): VNode {
  const { context, desk, staff } = props;
  const { t, times, now } = context;
  const { case: one, persons } = desk;
  const name = whoIs(one.contact, persons[0]?.name, t);
  const late = one.state === 'open' && one.dueAt !== null && Number(one.dueAt) < now;
  return (
    <>
      <p class="crumbs">
        <a href="/kotak-masuk">{t('inbox.title')}</a>
      </p>
      <h1>{name}</h1>
      <p class="tags">
        <Tag kind="plain">{t.of('kinds', one.kind)}</Tag>
        {one.state === 'closed' && <Tag kind="good">{t('inbox.closed')}</Tag>}
        {late && <Tag kind="bad">{t(one.escalatedAt ? 'inbox.escalated' : 'inbox.late')}</Tag>}
        <span class="hint">{t('inbox.opened', { when: times.full(one.openedAt) })}</span>
      </p>
      {t.of('advice', one.kind) !== one.kind && <p class="said">{t.of('advice', one.kind)}</p>}
      <div class="desk">
        <section class="talk-side" aria-label={t('inbox.talk')}>
          <Talk {...props} />
          <Composer {...props} />
        </section>
        <aside class="card-side">
          <details open class="fold">
            <summary>{t('inbox.about')}</summary>
            <About {...props} />
          </details>
          <details open class="fold">
            <summary>{t('inbox.case')}</summary>
            <CaseActions context={context} desk={desk} staff={staff} />
          </details>
        </aside>
      </div>
    </>
  );
}

function About({ context, desk, area, craft }: DeskProps): VNode {
  const { t, may } = context;
  const { persons, conversation, others } = desk;
  const phone = phoneIn(conversation?.aliases ?? []);
  const whole = may('people.number');
  return (
    <>
      {phone !== undefined && (
        <p>
          <strong>{t('people.phone')}</strong> {whole ? phone : maskedPhone(phone)}
        </p>
      )}
      {persons.length === 0 && <p class="hint">{t('inbox.notRegistered')}</p>}
      <ul class="plain">
        {persons.map((person) => (
          <li>
            <a href={`/orang/${person._id}`}>{person.name}</a>{' '}
            <span class="hint">
              {whole ? person.number : maskedNumber(person.number)} · {person.crafts.map(craft).join(', ')} ·{' '}
              {area(person.kelurahan)} · {t.of('standings', person.standing)}
            </span>
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <>
          <h3>{t('inbox.others')}</h3>
          <ul class="plain">
            {others.map((other) => (
              <li>
                <a href={`/kotak-masuk/${other._id}`}>{t.of('kinds', other.kind)}</a>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function CaseActions({ context, desk, staff }: Pick<DeskProps, 'context' | 'desk' | 'staff'>): VNode {
  const { t, may, times } = context;
  const { case: one } = desk;
  const path = `/kotak-masuk/${one._id}`;
  const officers = [...staff.values()].filter(
    ({ active, role }) => active && ['administrator', 'officer'].includes(role),
  );
  if (one.closed)
    return (
      <>
        <p>
          {t('inbox.closedBy', {
            who: staff.get(one.closed.by)?.name ?? one.closed.by,
            when: times.full(one.closed.at),
            reason: one.closed.reason,
          })}
        </p>
        {may('inbox.answer') && (
          <Form context={context} action={`${path}/buka`}>
            <button>{t('inbox.reopen')}</button>
          </Form>
        )}
      </>
    );
  if (!may('inbox.answer')) return <p class="hint">{one.assignee && staff.get(one.assignee)?.name}</p>;
  return (
    <>
      <Form context={context} action={`${path}/serahkan`} class="inline">
        <Select
          name="siapa"
          label={t('inbox.assignee')}
          value={one.assignee}
          empty={t('inbox.nobody')}
          options={officers.map(({ _id, name, leave }) => ({
            value: _id,
            label: leave && leave.until > context.now ? t('inbox.away', { name }) : name,
          }))}
        />
        <button>{t('inbox.assign')}</button>
      </Form>
      <Confirm word={t('inbox.close')}>
        <Form context={context} action={`${path}/selesai`}>
          <Select
            name="alasan"
            label={t('inbox.reason')}
            options={(['answered', 'explained', 'passed', 'noreply', 'mistake'] as const).map((reason) => ({
              value: t(`reasons.${reason}`),
              label: t(`reasons.${reason}`),
            }))}
          />
          <label class="field">
            <span>{t('inbox.reasonMore')}</span>
            <input name="lain" maxlength={200} />
          </label>
          <button class="main">{t('inbox.closeYes')}</button>
        </Form>
      </Confirm>
    </>
  );
}

function Composer({ context, desk, talk, staff, formKey, again }: DeskProps): VNode | null {
  const { t, may, me, now, times } = context;
  const { case: one, conversation } = desk;
  if (!may('inbox.answer')) return null;
  if (!conversation) return <p class="empty">{t('inbox.noTalk')}</p>;
  const path = `/kotak-masuk/${one._id}`;
  const takeover = takeoverOf(conversation, now);
  const mine = takeover?.staff === me._id;
  const who = takeover?.staff === 'phone' ? t('inbox.phone') : (staff.get(takeover?.staff ?? '')?.name ?? '');
  return (
    <div class="composer">
      <div id="siapa" hx-get={`${path}/siapa`} hx-trigger="load, every 5s" hx-swap="innerHTML" aria-live="polite" />
      <div class="takeover" role="status">
        {!takeover && (
          <>
            <p>{t('inbox.botSpeaks')}</p>
            <Form context={context} action={`${path}/ambil`}>
              <input type="hidden" name="key" value={`${formKey}t`} />
              <button>{t('inbox.take')}</button>
            </Form>
          </>
        )}
        {takeover && (
          <>
            <p>
              {mine
                ? t('inbox.youSpeak', { until: times.clock(takeover.until) })
                : t('inbox.otherSpeaks', { who, until: times.clock(takeover.until) })}
            </p>
            <Form context={context} action={`${path}/kembalikan`}>
              <input type="hidden" name="key" value={`${formKey}b`} />
              <button>{t('inbox.giveBack')}</button>
            </Form>
          </>
        )}
      </div>
      {again && (
        <p class="said bad" role="alert">
          {again.problem}
        </p>
      )}
      <Form context={context} action={`${path}/kirim`} upload class="write">
        <input type="hidden" name="key" value={formKey} />
        <input type="hidden" name="seen" value={talk.at(-1)?.at ?? 0} />
        {again && <input type="hidden" name="anyway" value="1" />}
        <label class="field">
          <span>{t('inbox.write')}</span>
          <textarea name="text" rows={3} maxlength={4000} id="tulis">
            {again?.text ?? ''}
          </textarea>
        </label>
        <div class="tools">
          <details class="confirm">
            <summary class="button quiet">{t('inbox.canned')}</summary>
            <div
              class="box"
              hx-get={`${path}/balasan`}
              hx-trigger="toggle from:closest details once"
              hx-swap="innerHTML"
            >
              <p class="hint">{t('inbox.loading')}</p>
            </div>
          </details>
          <label class="field file">
            <span>{t('inbox.file')}</span>
            <input type="file" name="file" accept="image/*,audio/*,application/pdf,.docx,.xlsx" />
          </label>
          <button
            type="button"
            class="quiet"
            id="rekam"
            data-stop={t('inbox.recordStop')}
            data-denied={t('inbox.recordDenied')}
            hidden
          >
            {t('inbox.record')}
          </button>
          <audio id="dengar" controls hidden />
          <button class="main">{t(again ? 'inbox.sendAnyway' : mine ? 'inbox.send' : 'inbox.sendAndTake')}</button>
        </div>
        <p class="hint">{t('inbox.keys')}</p>
      </Form>
    </div>
  );
}
