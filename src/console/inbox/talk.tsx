/** A talk as it went: both sides, with photos, voice notes, and what became of each message of ours. */
import type { VNode } from 'preact';
import { topFrame } from '../../engine/index.ts';
import type { TalkMessage } from './store.ts';
import type { DeskProps } from './desk.tsx';

export function Talk(props: DeskProps): VNode {
  const { context, desk, older, talk } = props;
  const { t } = context;
  const path = `/kotak-masuk/${desk.case._id}`;
  return (
    <div hx-ext="sse" sse-connect={`/kotak-masuk/${desk.case._id}/peristiwa`}>
      {older && (
        <p>
          <a href={`${path}?sebelum=${talk[0]?.at ?? 0}`}>{t('inbox.olderTalk')}</a>
        </p>
      )}
      <div
        id="percakapan"
        class="talk"
        role="log"
        aria-live="polite"
        aria-label={t('inbox.talk')}
        tabIndex={0}
        hx-get={`${path}/percakapan`}
        hx-trigger="sse:messages delay:200ms, every 20s"
        hx-swap="innerHTML"
      >
        <Bubbles {...props} />
      </div>
    </div>
  );
}

export function Bubbles({ context, desk, talk, staff }: DeskProps): VNode {
  const { t, times } = context;
  let day = '';
  if (talk.length === 0) return <p class="empty">{t('inbox.noMessages')}</p>;
  return (
    <>
      {talk.map((message) => {
        const itsDay = times.day(message.at);
        const newDay = itsDay !== day;
        day = itsDay;
        return (
          <>
            {newDay && <p class="day">{itsDay}</p>}
            <Bubble
              message={message}
              path={`/kotak-masuk/${desk.case._id}/berkas`}
              context={context}
              who={message.from === 'us' ? nameOf(message.by, staff, t) : undefined}
            />
          </>
        );
      })}
      <Open desk={desk} context={context} />
    </>
  );
}

/** Who of the office wrote it; undefined for the product itself. */
function nameOf(by: string | undefined, staff: DeskProps['staff'], t: DeskProps['context']['t']): string | undefined {
  if (by === undefined) return undefined;
  return by === 'phone' ? t('inbox.phone') : (staff.get(by)?.name ?? by);
}

/** Where the person is: what would be asked again when the chat is given back. */
function Open({ desk, context }: Pick<DeskProps, 'desk' | 'context'>): VNode | null {
  const frame = topFrame(desk.conversation?.session ?? null);
  if (!frame) return null;
  return <p class="day">{context.t('inbox.openAt', { flow: context.t.of('flows', frame.flow), node: frame.node })}</p>;
}

function Bubble({
  message,
  path,
  context,
  who,
}: {
  message: TalkMessage;
  path: string;
  context: DeskProps['context'];
  who: string | undefined;
}): VNode {
  const { t, times } = context;
  if (message.from === 'person')
    return (
      <div class="bubble in">
        {message.media && <Media path={path} media={message.media} kind={message.kind} t={t} />}
        {message.kind === 'tap' && <p>{t('inbox.tapped', { option: message.tap?.option ?? '' })}</p>}
        {message.kind !== 'text' && message.kind !== 'tap' && !message.media && (
          <p class="hint">{t.of('media', message.kind)}</p>
        )}
        {message.text !== undefined && message.text !== '' && <p class="words">{message.text}</p>}
        {message.whole !== undefined && (
          <p>
            <a href={`${path}/${message.whole}`} download>
              {t('media.whole')}
            </a>
          </p>
        )}
        <p class="time">{times.clock(message.at)}</p>
      </div>
    );
  const { attachment, options, numbered, state } = message;
  return (
    <div class={who === undefined ? 'bubble out' : 'bubble out staff'}>
      {who !== undefined && <p class="by">{who}</p>}
      {attachment?.id !== undefined && (
        <Media
          path={path}
          media={{ id: attachment.id, type: attachment.type ?? '' }}
          kind={attachment.name ?? ''}
          t={t}
        />
      )}
      {attachment && attachment.id === undefined && <p class="hint">{t('media.location')}</p>}
      {message.text !== '' && <p class="words">{message.text}</p>}
      {options.length > 0 && (
        <ol class={numbered ? 'options' : 'options bare'}>
          {options.map(({ label }) => (
            <li>{label}</li>
          ))}
        </ol>
      )}
      <p class={`time ${state === 'unknown' || state === 'failed' ? 'bad' : ''}`}>
        {times.clock(message.at)} · {t.of('ticks', state)}
      </p>
    </div>
  );
}

function Media({
  path,
  media,
  kind,
  t,
}: {
  path: string;
  media: { id: string; type?: string };
  kind: string;
  t: DeskProps['context']['t'];
}): VNode {
  const src = `${path}/${media.id}`;
  const type = media.type ?? '';
  if (type.startsWith('image/'))
    return (
      <a href={src}>
        <img src={src} alt={t('media.photo')} loading="lazy" />
      </a>
    );
  if (type.startsWith('audio/') || type === 'video/webm')
    return <audio controls preload="none" src={src} aria-label={t('media.voice')} />;
  return (
    <p>
      <a href={src} download>
        {kind === '' ? t('media.document') : t.of('media', kind)}
      </a>
    </p>
  );
}
