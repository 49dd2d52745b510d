/** Broadcasts as pages: written, looked at as they will be seen, begun, followed, held, ended. */
import type { VNode } from 'preact';
import { z } from 'zod';
import type { Broadcast } from '../../outreach/broadcasts/model.ts';
import { keep } from '../inbox/replying.ts';
import type { ConsoleParts } from '../parts.ts';
import { listsOf } from '../people/index.tsx';
import { Refusal, route, type Context, type Reply, type Route } from '../shell/page.tsx';
import { Table, Tag } from '../shell/parts.tsx';
import { count } from '../shell/times.ts';
import { BroadcastPage, Progress, tags, Testers } from './broadcast.tsx';
import { audienceOf, newSchema, oneSchema, startSchema, testSchema } from './input.ts';
import { NewBroadcast } from './new.tsx';

export function createBroadcastPages(parts: ConsoleParts): Route[] {
  const { product, audit } = parts;
  const { broadcasts, broadcastStore, events, files, ledger } = product;
  const lists = listsOf(parts);
  const note = ({ me, now }: Context, thing: string, reason: string) =>
    audit.note({ what: 'broadcast', account: me._id, at: new Date(now), thing, reason });

  const known = async (which: string): Promise<Broadcast | undefined> => broadcastStore.find(which);

  /** Turns one that is there, and shows it. */
  const acting =
    (word: string, act: (context: Context, which: string) => Promise<unknown>) =>
    async (context: Context, { id: which }: { id: string }): Promise<Reply> => {
      if (!(await known(which))) return { missing: true };
      await note(context, which, word);
      await act(context, which);
      return { to: `/siaran/${which}` };
    };

  const turn = (path: string, word: string, act: (context: Context, which: string) => Promise<unknown>) =>
    route({
      ...{ method: 'post', path: `/siaran/:id/${path}`, may: 'broadcasts.write', input: oneSchema },
      handle: acting(word, act),
    });

  const newPage = async (context: Context): Promise<VNode> => (
    <NewBroadcast
      {...{ context, lists }}
      events={(await events.open(context.now)).map(({ _id, name }) => ({ value: _id, label: name }))}
    />
  );

  return [
    route({
      ...{ method: 'get', path: '/siaran', may: 'broadcasts.see', input: z.strictObject({}) },
      async handle(context) {
        const { t, times, may } = context;
        const [newest, staff] = await Promise.all([broadcasts.newest(50), parts.staff()]);
        const page = (
          <>
            <h1>{t('nav.broadcasts')}</h1>
            {may('broadcasts.write') && (
              <p>
                <a class="button" href="/siaran/baru">
                  {t('broadcasts.new')}
                </a>
              </p>
            )}
            <Table
              heads={[
                t('broadcasts.text'),
                t('broadcasts.state'),
                t('broadcasts.recipients'),
                t('people.when'),
                t('broadcasts.by'),
              ]}
              empty={t('broadcasts.none')}
              rows={newest.map((one) => [
                <a href={`/siaran/${one._id}`}>{one.text.slice(0, 60)}</a>,
                <Tag kind={tags[one.state]}>{t.of('broadcastStates', one.state)}</Tag>,
                one.recipients === null ? '–' : count(one.recipients),
                times.full(one.at),
                staff.get(one.by)?.name ?? one.by,
              ])}
            />
          </>
        );
        return { page, title: t('nav.broadcasts') };
      },
    }),
    route({
      ...{ method: 'get', path: '/siaran/baru', may: 'broadcasts.write', input: z.strictObject({}) },
      handle: async (context) => ({ page: await newPage(context), title: context.t('broadcasts.new') }),
    }),
    route({
      ...{ method: 'post', path: '/siaran', may: 'broadcasts.write', input: newSchema, upload: true },
      async handle(context, input, upload) {
        const { me, now, t } = context;
        const kept = upload && upload.bytes.length > 0 ? await keep(files, upload, t) : undefined;
        const attachment = kept ? { id: kept.id, type: kept.type, name: kept.name } : null;
        const made = await broadcasts.draft(
          { text: input.text, audience: audienceOf(input), reply: input.balasan, attachment, by: me._id },
          now,
        );
        await note(context, made, 'ditulis');
        return { to: `/siaran/${made}` };
      },
    }),
    route({
      ...{ method: 'get', path: '/siaran/:id', may: 'broadcasts.see', input: oneSchema },
      async handle(context, { id: which }) {
        const broadcast = await known(which);
        if (!broadcast) return { missing: true };
        const early = broadcast.state === 'draft' || broadcast.state === 'agreeing';
        const [counts, preview, staff] = await Promise.all([
          early ? [] : ledger.counts(which),
          early ? broadcasts.look(broadcast.text, broadcast.audience) : undefined,
          parts.staff(),
        ]);
        const by = staff.get(broadcast.by)?.name ?? broadcast.by;
        const props = { context, status: { broadcast, counts }, preview, by, lists };
        return { page: <BroadcastPage {...props} />, title: context.t('broadcasts.one') };
      },
    }),
    route({
      ...{ method: 'get', path: '/siaran/:id/jalannya', may: 'broadcasts.see', input: oneSchema },
      async handle(context, { id: which }) {
        const broadcast = await known(which);
        if (!broadcast) return { missing: true };
        return { part: <Progress context={context} status={{ broadcast, counts: await ledger.counts(which) }} /> };
      },
    }),
    route({
      ...{ method: 'get', path: '/siaran/:id/penguji', may: 'broadcasts.write', input: oneSchema },
      async handle(context, { id: which }) {
        const testers = await broadcastStore.allStaff();
        const options = testers.map(({ _id, name }) => ({ value: _id, label: name }));
        return { part: <Testers {...{ context, options }} path={`/siaran/${which}`} /> };
      },
    }),
    route({
      ...{ method: 'post', path: '/siaran/:id/mulai', may: 'broadcasts.write', input: startSchema },
      async handle(context, { id: which, waktu }) {
        const { now, times, say } = context;
        if (!(await known(which))) return { missing: true };
        const at = waktu === undefined ? now : times.read(waktu);
        if (at === undefined) throw new Refusal(context.t('broadcasts.badTime'));
        await note(context, which, 'mulai');
        const state = await broadcasts.start(which, now, at);
        say(context.t(state === 'agreeing' ? 'broadcasts.needsSecond' : 'broadcasts.started'));
        return { to: `/siaran/${which}` };
      },
    }),
    route({
      ...{ method: 'post', path: '/siaran/:id/coba', may: 'broadcasts.write', input: testSchema },
      async handle(context, { id: which, kepada }) {
        const tester = await broadcastStore.staff(kepada);
        if (!(await known(which)) || !tester) return { missing: true };
        await note(context, which, `coba → ${tester.name}`);
        await broadcasts.test(which, { id: kepada, channel: kepada.split(':')[0] ?? '' }, context.now);
        context.say(context.t('broadcasts.tested', { name: tester.name }));
        return { to: `/siaran/${which}` };
      },
    }),
    turn('setuju', 'setuju', async ({ me, t }, which) => {
      // Whoever wrote it does not agree to it.
      if ((await known(which))?.by === me._id) throw new Refusal(t('broadcasts.notYourself'));
      return broadcasts.agree(which, me._id);
    }),
    turn('jeda', 'jeda', ({ now }, which) => broadcasts.pause(which, now)),
    turn('lanjut', 'lanjut', ({ now }, which) => broadcasts.resume(which, now)),
    turn('batal', 'batal', ({ now }, which) => broadcasts.cancel(which, now)),
    turn('ulang', 'ulang yang gagal', async (context, which) => {
      const n = await broadcasts.resendFailed(which, context.now);
      context.say(context.t('broadcasts.again', { n }));
    }),
  ];
}
