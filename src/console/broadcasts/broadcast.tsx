/** One broadcast: how it will be read, how far it has come, and what can be done about it. */
import type { VNode } from 'preact';
import type { Audience, Broadcast } from '../../outreach/broadcasts/model.ts';
import type { Preview, Status } from '../../outreach/broadcasts/service.ts';
import type { Lists } from '../people/index.tsx';
import type { Context } from '../shell/page.tsx';
import { Confirm, Field, Form, Select, Tag } from '../shell/parts.tsx';
import { count } from '../shell/times.ts';

export const tags: Record<Broadcast['state'], 'good' | 'warn' | 'bad' | 'plain'> = {
  ...{ draft: 'plain', agreeing: 'warn', waiting: 'warn', planning: 'warn', running: 'good', paused: 'warn' },
  ...{ stopped: 'bad', cancelled: 'plain', done: 'good' },
};

/** States in which there is something to watch. */
const moving: readonly Broadcast['state'][] = ['waiting', 'planning', 'running'];

interface BroadcastProps {
  context: Context;
  status: Status;
  preview: Preview | undefined;
  by: string;
  lists: Lists;
}

export function BroadcastPage({ context, status, preview, by, lists }: BroadcastProps): VNode {
  const { t, may, me } = context;
  const { broadcast } = status;
  return (
    <>
      <p class="crumbs">
        <a href="/siaran">{t('nav.broadcasts')}</a>
      </p>
      <h1>{t('broadcasts.one')}</h1>
      <p class="hint">
        {by} · {audienceInWords(broadcast.audience, context, lists)} · {t.of('replies', broadcast.reply)}
      </p>
      <div id="jalannya" hx-get={`/siaran/${broadcast._id}/jalannya`} hx-trigger="every 2s" hx-swap="innerHTML">
        <Progress context={context} status={status} />
      </div>
      {preview && <Seen context={context} preview={preview} />}
      {!preview && (
        <div class="bubble out">
          <p class="words">{broadcast.text}</p>
        </div>
      )}
      {may('broadcasts.write') && (
        <Acts
          {...{ context, broadcast }}
          mine={broadcast.by === me._id}
          failed={status.counts.some(({ state }) => state === 'failed')}
        />
      )}
    </>
  );
}

function audienceInWords(
  { crafts, kelurahan, standing, groups, event }: Audience,
  { t }: Context,
  lists: Lists,
): string {
  const parts = [
    crafts?.map(lists.craft).join(', '),
    kelurahan?.map(lists.area).join(', '),
    standing?.map((one) => t.of('standings', one)).join(', '),
    groups === undefined ? undefined : t(groups ? 'broadcasts.groups' : 'broadcasts.alone'),
    event,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? t('broadcasts.everybody') : parts.join(' · ');
}

function Seen({ context, preview }: { context: Context; preview: Preview }): VNode {
  const { t } = context;
  const { recipients, samples, findings, needsSecond } = preview;
  return (
    <section aria-labelledby="terlihat">
      <h2 id="terlihat">{t('broadcasts.seen')}</h2>
      <p>{t('broadcasts.reach', { n: count(recipients) })}</p>
      {needsSecond && <p class="said warn">{t('broadcasts.needsSecond')}</p>}
      {findings.length > 0 && (
        <div class="said warn">
          <p>{t('broadcasts.findings')}</p>
          <ul>
            {findings.map((finding) => (
              <li>{finding}</li>
            ))}
          </ul>
        </div>
      )}
      <ul class="plain cards">
        {samples.map(({ name, text }) => (
          <li>
            <p class="hint">{name}</p>
            <p class="words">{text}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** How far it has come: what is over out of all that were planned. */
export function Progress({ context, status }: { context: Context; status: Status }): VNode {
  const { t, times } = context;
  const { broadcast, counts } = status;
  const of = (...states: string[]) =>
    counts.filter(({ state }) => states.includes(state)).reduce((sum, one) => sum + one.count, 0);
  const all = Math.max(broadcast.recipients ?? 0, of(...counts.map(({ state }) => state)));
  const over = all - of('planned', 'paused', 'claimed') - Math.max(0, all - of(...counts.map(({ state }) => state)));
  return (
    <>
      <p>
        <Tag kind={tags[broadcast.state]}>{t.of('broadcastStates', broadcast.state)}</Tag>{' '}
        {moving.includes(broadcast.state) && t('broadcasts.from', { when: times.full(broadcast.at) })}{' '}
        {broadcast.reason}
      </p>
      {broadcast.state !== 'draft' && broadcast.state !== 'agreeing' && (
        <>
          <label>
            <span class="hint">{t('broadcasts.progress', { over: count(Math.max(0, over)), all: count(all) })}</span>
            <progress value={Math.max(0, over)} max={Math.max(1, all)} />
          </label>
          {counts.length > 0 && (
            <p class="tags">
              {counts.map(({ state, reason, count: n }) => (
                <Tag kind={state === 'failed' || state === 'unknown' ? 'bad' : 'plain'}>
                  {t.of('ticks', state)}
                  {reason === null ? '' : ` (${t.of('dropReasons', reason)})`}: {count(n)}
                </Tag>
              ))}
            </p>
          )}
        </>
      )}
    </>
  );
}

function Acts({
  context,
  broadcast,
  mine,
  failed,
}: {
  context: Context;
  broadcast: Broadcast;
  mine: boolean;
  failed: boolean;
}): VNode {
  const { t } = context;
  const path = `/siaran/${broadcast._id}`;
  const { state } = broadcast;
  const button = (to: string, word: string, main = false) => (
    <Form context={context} action={`${path}/${to}`} class="inline">
      <button class={main ? 'main' : ''}>{word}</button>
    </Form>
  );
  return (
    <div class="row">
      {state === 'draft' && (
        <>
          <Form context={context} action={`${path}/mulai`} class="row">
            <Field name="waktu" label={t('broadcasts.at')} type="datetime-local" hint={t('broadcasts.atHint')} />
            <button class="main">{t('broadcasts.start')}</button>
          </Form>
          <details class="confirm">
            <summary class="button quiet">{t('broadcasts.test')}</summary>
            <div
              class="box"
              hx-get={`${path}/penguji`}
              hx-trigger="toggle from:closest details once"
              hx-swap="innerHTML"
            />
          </details>
        </>
      )}
      {state === 'agreeing' &&
        (mine ? <p class="hint">{t('broadcasts.waitsSecond')}</p> : button('setuju', t('broadcasts.agree'), true))}
      {moving.includes(state) && button('jeda', t('broadcasts.pause'))}
      {(state === 'paused' || state === 'stopped') && button('lanjut', t('broadcasts.resume'), true)}
      {failed && button('ulang', t('broadcasts.resend'))}
      {state !== 'done' && state !== 'cancelled' && (
        <Confirm word={t('broadcasts.cancel')} danger>
          <p>{t('broadcasts.cancelAsk')}</p>
          <Form context={context} action={`${path}/batal`}>
            <button class="danger">{t('broadcasts.cancelYes')}</button>
          </Form>
        </Confirm>
      )}
    </div>
  );
}

/** To whom of the office a test may go: those who have registered a number in the chat. */
export function Testers({
  context,
  options,
  path,
}: {
  context: Context;
  options: { value: string; label: string }[];
  path: string;
}): VNode {
  const { t } = context;
  if (options.length === 0) return <p class="hint">{t('broadcasts.noTesters')}</p>;
  return (
    <Form context={context} action={`${path}/coba`}>
      <Select name="kepada" label={t('broadcasts.testTo')} options={options} />
      <button>{t('broadcasts.test')}</button>
    </Form>
  );
}
