/** Channels: how each goes, and linking the office's number by its picture. */
import QRCode from 'qrcode';
import type { VNode } from 'preact';
import { z } from 'zod';
import type { Condition } from '../../channels/channel.ts';
import type { ConsoleParts } from '../parts.ts';
import { route, type Context, type Route } from '../shell/page.tsx';
import { Table, Tag } from '../shell/parts.tsx';
import { count } from '../shell/times.ts';

interface Shown {
  id: string;
  connected: boolean;
  condition: Condition | undefined;
  /** The picture to scan, as an address that holds it. */
  picture: string | undefined;
}

export function createChannelPages(parts: ConsoleParts): Route[] {
  const look = ({ may }: Context): Promise<Shown[]> =>
    Promise.all(
      parts.channels.map(async (channel) => {
        const condition = await channel.condition?.();
        // Who scans it speaks for the office: only who may link sees it.
        const pairing = may('channels.pair') ? condition?.pairing : undefined;
        const picture = pairing?.how === 'picture' ? await QRCode.toDataURL(pairing.code, { width: 320 }) : undefined;
        return { id: channel.id, connected: channel.isConnected(), condition, picture };
      }),
    );
  return [
    route({
      ...{ method: 'get', path: '/saluran', may: 'channels.see', input: z.strictObject({}) },
      async handle(context) {
        const { t } = context;
        const page = (
          <>
            <h1>{t('nav.channels')}</h1>
            <div hx-get="/saluran/keadaan" hx-trigger="every 5s" hx-swap="innerHTML">
              <Conditions context={context} channels={await look(context)} />
            </div>
          </>
        );
        return { page, title: t('nav.channels') };
      },
    }),
    route({
      ...{ method: 'get', path: '/saluran/keadaan', may: 'channels.see', input: z.strictObject({}) },
      handle: async (context) => ({ part: <Conditions context={context} channels={await look(context)} /> }),
    }),
  ];
}

function Conditions({ context, channels }: { context: Context; channels: readonly Shown[] }): VNode {
  const { t, times } = context;
  return (
    <>
      {channels.map(({ id, connected, condition, picture }) => (
        <section class="panel" aria-label={t.of('channels.names', id)}>
          <h2>{t.of('channels.names', id)}</h2>
          <p>
            <Tag kind={connected ? 'good' : 'bad'}>{t(connected ? 'channels.connected' : 'channels.away')}</Tag>{' '}
            {condition && t.of('channels.states', condition.state)}
          </p>
          {condition && (
            <>
              <p>{t.of('channels.advice', condition.state)}</p>
              {condition.why !== undefined && <p class="said warn">{condition.why}</p>}
              {picture !== undefined && (
                <img class="qr" src={picture} alt={t('channels.qr')} width={320} height={320} />
              )}
              {condition.pairing?.how === 'letters' && context.may('channels.pair') && (
                <p>
                  {t('channels.letters')} <strong>{condition.pairing.code}</strong>
                </p>
              )}
              <p class="hint">{t('channels.since', { when: times.full(condition.since) })}</p>
              {condition.broken.length > 0 && (
                <p class="said bad">{t('channels.broken', { names: condition.broken.join(', ') })}</p>
              )}
              {Object.keys(condition.counts).length > 0 && (
                <details>
                  <summary>{t('channels.counts')}</summary>
                  <Table
                    heads={[t('people.what'), t('channels.times')]}
                    empty=""
                    rows={Object.entries(condition.counts).map(([name, times]) => [name, count(times)])}
                  />
                </details>
              )}
            </>
          )}
        </section>
      ))}
    </>
  );
}
