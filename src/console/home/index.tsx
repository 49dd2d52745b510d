/** The first page: who waits and for how long, what goes out today, what failed, and whether everything runs. */
import type { VNode } from 'preact';
import { z } from 'zod';
import type { Condition } from '../../channels/channel.ts';
import type { ConsoleParts } from '../parts.ts';
import { route, type Context, type Route } from '../shell/page.tsx';
import { Tag } from '../shell/parts.tsx';
import { count } from '../shell/times.ts';
import { createHomeStore, type Today } from './store.ts';

export function createHomePages(parts: ConsoleParts): Route[] {
  const store = createHomeStore(parts.connection);
  const look = async (context: Context) => {
    const urgent = parts.content.office.cases.urgent;
    const [today, lateApplications, channels] = await Promise.all([
      store.today(context.now, urgent),
      parts.product.applications.store.late(context.now),
      Promise.all(
        parts.channels.map(async (channel) => ({
          id: channel.id,
          connected: channel.isConnected(),
          condition: await channel.condition?.(),
        })),
      ),
    ]);
    return { today, lateApplications, channels };
  };
  return [
    route({
      ...{ method: 'get', path: '/', may: 'home.see', input: z.strictObject({}) },
      async handle(context) {
        const { t, me, may } = context;
        if (!may('channels.see'))
          return {
            page: (
              <>
                <h1>{t('home.hello', { name: me.name })}</h1>
                <p>{t(me.role === 'counter' ? 'home.counter' : 'home.kader')}</p>
              </>
            ),
            title: t('nav.home'),
          };
        const props = await look(context);
        return {
          page: (
            <>
              <h1>{t('home.hello', { name: me.name })}</h1>
              <div hx-get="/hari-ini" hx-trigger="every 15s" hx-swap="innerHTML">
                <Now {...props} context={context} parts={parts} />
              </div>
            </>
          ),
          title: t('nav.home'),
        };
      },
    }),
    route({
      ...{ method: 'get', path: '/hari-ini', may: 'channels.see', input: z.strictObject({}) },
      handle: async (context) => ({ part: <Now {...await look(context)} context={context} parts={parts} /> }),
    }),
  ];
}

interface NowProps {
  today: Today;
  lateApplications: number;
  channels: readonly { id: string; connected: boolean; condition: Condition | undefined }[];
  context: Context;
  parts: Pick<ConsoleParts, 'database'>;
}

function Now({ today, lateApplications, channels, context, parts }: NowProps): VNode {
  const { t, times, may } = context;
  const link = (path: string, words: string) => (may('inbox.see') ? <a href={path}>{words}</a> : words);
  return (
    <>
      <dl class="figures">
        <div>
          <dt>{link('/kotak-masuk', t('home.waiting'))}</dt>
          <dd>{count(today.open)}</dd>
          <dd class="hint">
            {today.oldest === null ? t('home.nobodyWaits') : t('home.longest', { time: times.since(today.oldest) })}
          </dd>
        </div>
        <div class={today.late > 0 ? 'bad' : ''}>
          <dt>{link('/kotak-masuk?keadaan=terlambat', t('home.late'))}</dt>
          <dd>{count(today.late)}</dd>
          <dd class="hint">{t('home.escalated', { n: count(today.escalated) })}</dd>
        </div>
        <div class={today.urgent > 0 ? 'bad' : ''}>
          <dt>{link('/kotak-masuk', t('home.failed'))}</dt>
          <dd>{count(today.urgent)}</dd>
          <dd class="hint">{t('home.failedHint')}</dd>
        </div>
        <div class={lateApplications > 0 ? 'bad' : ''}>
          <dt>
            {may('applications.see') ? (
              <a href="/pengajuan">{t('home.lateApplications')}</a>
            ) : (
              t('home.lateApplications')
            )}
          </dt>
          <dd>{count(lateApplications)}</dd>
        </div>
        <div>
          <dt>{t('home.goesOut')}</dt>
          <dd>{count(today.due.reduce((sum, { n }) => sum + n, 0))}</dd>
          <dd class="hint">
            {[
              ...today.due.map(({ kind, n }) => `${t.of('deliveryKinds', kind)}: ${count(n)}`),
              t('home.sentToday', { n: count(today.sent) }),
            ].join(' · ')}
          </dd>
        </div>
      </dl>
      <section aria-labelledby="jalannya">
        <h2 id="jalannya">{t('home.running')}</h2>
        <ul class="plain states">
          {channels.map(({ id, connected, condition }) => (
            <li>
              <Tag kind={connected ? 'good' : 'bad'}>{t(connected ? 'channels.connected' : 'channels.away')}</Tag>{' '}
              <a href="/saluran">{t.of('channels.names', id)}</a>
              {!connected && condition && <span> {t.of('channels.advice', condition.state)}</span>}
            </li>
          ))}
          <li>
            <Tag kind="good">{t('home.databaseGood')}</Tag>{' '}
            {t('home.database', { ms: count(today.ms), version: parts.database.serverVersion })}
          </li>
          <li>
            {t('home.lastIn', { when: today.lastIn === null ? '–' : times.full(today.lastIn) })} ·{' '}
            {t('home.lastOut', { when: today.lastOut === null ? '–' : times.full(today.lastOut) })}
          </li>
          <li>{t('home.queue', { n: count(today.queued) })}</li>
        </ul>
        {parts.database.otherKeys.length > 0 && (
          <p class="said bad" role="alert">
            {t('home.lostKey', { keys: parts.database.otherKeys.join(', ') })}
          </p>
        )}
        {parts.database.embedded && may('staff.manage') && <p class="said warn">{t('home.embedded')}</p>}
      </section>
    </>
  );
}
