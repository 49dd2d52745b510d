/** Replies that are written once and used often. They are read by craftsmen, so they go through the same lint as all texts. */
import { randomUUID } from 'node:crypto';
import type { VNode } from 'preact';
import { z } from 'zod';
import type { ConsoleParts } from '../parts.ts';
import { route, type Context, type Route } from '../shell/page.tsx';
import { Confirm, Field, Form } from '../shell/parts.tsx';
import { cannedIdSchema, cannedSchema, caseSchema } from './input.ts';
import { fill, placeholders, unknownPlaceholders } from './replying.ts';
import type { Canned } from './store.ts';

interface CannedProps {
  context: Context;
  replies: readonly Canned[];
  /** What was typed and not saved, and why. */
  draft?: { judul: string; text: string; findings: readonly string[] };
}

export function createCannedPages(parts: ConsoleParts): Route[] {
  const { inbox, product, content } = parts;
  /** As a craftsman will read it, with the longest that may stand in it. */
  const longest = { nama: 'Siti Rahmawati Fatimah', petugas: 'Ibu Rahmawati', dinas: content.office.name };
  const list = async (context: Context, draft?: CannedProps['draft']) => ({
    page: <CannedPage context={context} replies={await inbox.cannedReplies()} {...(draft && { draft })} />,
    title: context.t('inbox.canned'),
    ...(draft && { status: 422 }),
  });
  return [
    route({
      ...{ method: 'get', path: '/kotak-masuk/balasan', may: 'inbox.answer', input: z.strictObject({}) },
      handle: (context) => list(context),
    }),
    route({
      ...{ method: 'post', path: '/kotak-masuk/balasan', may: 'inbox.answer', input: cannedSchema },
      async handle(context, { judul, text, tetap }) {
        const { t, me, now } = context;
        const unknown = unknownPlaceholders(text).map((name) => t('inbox.unknownPlaceholder', { name }));
        const bare = fill(text, { nama: '', petugas: '', dinas: '' });
        const findings = [...unknown, ...product.broadcasts.check(fill(text, longest), bare)];
        // What stands for nothing would be sent as it is; what is only hard to read is theirs to decide.
        if (unknown.length > 0 || (findings.length > 0 && tetap === undefined))
          return list(context, { judul, text, findings });
        await inbox.saveCanned({ _id: randomUUID().slice(0, 13), title: judul, text, by: me._id, at: new Date(now) });
        context.say(t('inbox.cannedSaved'));
        return { to: '/kotak-masuk/balasan' };
      },
    }),
    route({
      ...{ method: 'post', path: '/kotak-masuk/balasan/:balasan/hapus', may: 'inbox.answer', input: cannedIdSchema },
      async handle(context, { balasan }) {
        await inbox.removeCanned(balasan);
        context.say(context.t('inbox.cannedGone'));
        return { to: '/kotak-masuk/balasan' };
      },
    }),
    route({
      ...{ method: 'get', path: '/kotak-masuk/:id/balasan', may: 'inbox.answer', input: caseSchema },
      async handle({ me, t }, { id }) {
        const [desk, replies] = await Promise.all([inbox.desk(id), inbox.cannedReplies()]);
        if (!desk) return { missing: true };
        const values = { nama: desk.persons[0]?.name ?? 'Bapak/Ibu', petugas: me.name, dinas: content.office.name };
        const part =
          replies.length === 0 ? (
            <p class="hint">{t('inbox.noCanned')}</p>
          ) : (
            <ul class="plain">
              {replies.map((reply) => (
                <li>
                  <button type="button" class="quiet" data-insert={fill(reply.text, values)}>
                    {reply.title}
                  </button>
                </li>
              ))}
            </ul>
          );
        return { part };
      },
    }),
  ];
}

function CannedPage({ context, replies, draft }: CannedProps): VNode {
  const { t } = context;
  return (
    <>
      <p class="crumbs">
        <a href="/kotak-masuk">{t('inbox.title')}</a>
      </p>
      <h1>{t('inbox.canned')}</h1>
      {replies.length === 0 && <p class="empty">{t('inbox.noCanned')}</p>}
      <ul class="plain cards">
        {replies.map((reply) => (
          <li>
            <h2>{reply.title}</h2>
            <p class="words">{reply.text}</p>
            <Confirm word={t('forms.remove')} danger>
              <Form context={context} action={`/kotak-masuk/balasan/${reply._id}/hapus`}>
                <button class="danger">{t('forms.removeYes')}</button>
              </Form>
            </Confirm>
          </li>
        ))}
      </ul>
      <h2>{t('inbox.newCanned')}</h2>
      {draft && (
        <div class="said bad" role="alert">
          <ul>
            {draft.findings.map((finding) => (
              <li>{finding}</li>
            ))}
          </ul>
        </div>
      )}
      <Form context={context} action="/kotak-masuk/balasan">
        <Field name="judul" label={t('inbox.cannedTitle')} value={draft?.judul ?? ''} required maxlength={60} />
        <label class="field">
          <span>{t('inbox.cannedText')}</span>
          <textarea name="text" rows={4} maxlength={1000} required>
            {draft?.text ?? ''}
          </textarea>
          <small>{t('inbox.cannedHint', { names: placeholders.map((name) => `{${name}}`).join(', ') })}</small>
        </label>
        {draft && <input type="hidden" name="tetap" value="1" />}
        <button class="main">{t(draft ? 'forms.saveAnyway' : 'forms.save')}</button>
      </Form>
    </>
  );
}
