/** The pages of the inbox. */
import { randomUUID } from 'node:crypto';
import { mainLanguage } from '../../content/locales.ts';
import { MINUTE } from '../../shared/clock.ts';
import type { ConsoleParts } from '../parts.ts';
import { Refusal, route, type Context, type Reply, type Route } from '../shell/page.tsx';
import { createCannedPages } from './canned.tsx';
import { CasePage, takeoverOf, type DeskProps } from './desk.tsx';
import {
  assignSchema,
  caseSchema,
  closeSchema,
  fileSchema,
  filterSchema,
  keySchema,
  saySchema,
  searchSchema,
  talkSchema,
} from './input.ts';
import { Inbox, queryOf, Rows } from './list.tsx';
import { listOf } from './listing.ts';
import { keep } from './replying.ts';
import type { Desk, TalkMessage } from './store.ts';
import { Bubbles } from './talk.tsx';
import { whoIs } from './who.ts';

/** Messages of a talk that a page holds. */
const TALK = 60;

export function createInboxPages(parts: ConsoleParts): Route[] {
  const { inbox, audit, conversations, content, product } = parts;
  const area = (code: string) => content.areas.find((one) => one.code === code)?.name ?? code;
  const craft = (id: string) =>
    content.locales.has(mainLanguage, 'registration', `options.crafts.${id}.label`)
      ? content.locales.text(mainLanguage, 'registration', `options.crafts.${id}.label`, {})
      : id;

  /** What is under way stands in the outbox, and in the history when it is known what became of it. */
  async function talkOf({ conversation }: Desk, before?: number): Promise<{ talk: TalkMessage[]; older: boolean }> {
    if (!conversation) return { talk: [], older: false };
    const found = await inbox.talk(conversation.aliases, before ?? Number.MAX_SAFE_INTEGER, TALK + 1);
    const talk = found.slice(-TALK);
    const known = new Set(talk.map(({ id }) => id));
    const underWay = Object.values(conversation.outbox ?? {})
      .filter(({ id, at }) => !known.has(id) && at < (before ?? Infinity) && at > (talk[0]?.at ?? 0))
      .map(({ id, at, text, state, by, options, numbered, attachment }): TalkMessage => ({
        ...{ id, at, address: conversation.address, from: 'us', text, state, options, numbered },
        ...(by !== undefined && { by }),
        ...(attachment && { attachment }),
      }));
    return { talk: [...talk, ...underWay].sort((a, b) => a.at - b.at), older: found.length > TALK };
  }

  async function deskOf(context: Context, id: string, before?: number): Promise<DeskProps | undefined> {
    const [desk, staff] = await Promise.all([inbox.desk(id), parts.staff()]);
    if (!desk) return undefined;
    const formKey = randomUUID().slice(0, 18);
    return { context, desk, staff, area, craft, formKey, ...(await talkOf(desk, before)) };
  }

  const note = (context: Context, what: 'see talk' | 'say' | 'takeover' | 'case', desk: Desk, reason?: string) =>
    audit.note({
      ...{ what, account: context.me._id, at: new Date(context.now), thing: desk.case._id },
      ...(desk.persons[0] && { person: desk.persons[0]._id }),
      ...(reason !== undefined && { reason }),
    });

  const page = (props: DeskProps): Reply => ({
    page: <CasePage {...props} />,
    title: whoIs(props.desk.case.contact, props.desk.persons[0]?.name, props.context.t),
  });

  /** Does something with a case that is there, notes it, and shows the case again. */
  const acting =
    (
      what: 'takeover' | 'case',
      act: (context: Context, desk: Desk, input: { id: string; key?: string }) => Promise<string | undefined>,
    ) =>
    async (context: Context, input: { id: string; key?: string }): Promise<Reply> => {
      const desk = await inbox.desk(input.id);
      if (!desk) return { missing: true };
      await note(context, what, desk);
      const told = await act(context, desk, input);
      if (told !== undefined) context.say(told);
      return { to: `/kotak-masuk/${input.id}` };
    };

  const contactOf = (desk: Desk, { t }: Context): string => {
    if (!desk.conversation) throw new Refusal(t('inbox.noTalk'));
    return desk.conversation._id;
  };

  return [
    route({
      ...{ method: 'get', path: '/kotak-masuk', may: 'inbox.see', input: filterSchema },
      async handle(context, filter) {
        return { page: <Inbox {...await listOf(parts, context, filter)} />, title: context.t('inbox.title') };
      },
    }),
    route({
      ...{ method: 'get', path: '/kotak-masuk/daftar', may: 'inbox.see', input: filterSchema },
      handle: async (context, filter) => ({ part: <Rows {...await listOf(parts, context, filter)} /> }),
    }),
    route({
      ...{ method: 'post', path: '/kotak-masuk/cari', may: 'inbox.see', input: searchSchema },
      handle({ search }, { q, ...filter }) {
        search('inbox', q);
        return Promise.resolve({ to: `/kotak-masuk?${queryOf(filter)}` });
      },
    }),
    ...createCannedPages(parts),
    route({
      ...{ method: 'get', path: '/kotak-masuk/:id', may: 'inbox.see', input: talkSchema },
      async handle(context, { id, sebelum }) {
        const props = await deskOf(context, id, sebelum);
        if (!props) return { missing: true };
        await note(context, 'see talk', props.desk);
        return page(props);
      },
    }),
    route({
      ...{ method: 'get', path: '/kotak-masuk/:id/percakapan', may: 'inbox.see', input: caseSchema },
      async handle(context, { id }) {
        const props = await deskOf(context, id);
        return props ? { part: <Bubbles {...props} /> } : { missing: true };
      },
    }),
    route({
      ...{ method: 'get', path: '/kotak-masuk/:id/siapa', may: 'inbox.see', input: caseSchema },
      async handle({ me, now, t }, { id }) {
        const one = await inbox.find(id);
        if (!one) return { missing: true };
        const others = await inbox.meet(one.contact, me._id, me.name, now);
        return {
          part:
            others.length === 0 ? <></> : <p class="said warn">{t('inbox.alsoHere', { who: others.join(', ') })}</p>,
        };
      },
    }),
    route({
      ...{ method: 'get', path: '/kotak-masuk/:id/berkas/:file', may: 'inbox.see', input: fileSchema },
      async handle(_context, { id, file }) {
        const desk = await inbox.desk(id);
        // What is under way stands in the outbox, and in the history a moment later.
        const underWay = Object.values(desk?.conversation?.outbox ?? {}).some(
          ({ attachment }) => attachment?.kind === 'file' && attachment.id === file,
        );
        const known = underWay || (desk?.conversation && (await inbox.hasFile(desk.conversation.aliases, file)));
        const found = known ? await product.files.find(file) : undefined;
        if (!found) return { missing: true };
        const inline = /^(image\/(?!svg)|audio\/|video\/webm)/.test(found.type);
        return { file: found.bytes, type: found.type, name: found.name, inline };
      },
    }),
    route({
      ...{ method: 'post', path: '/kotak-masuk/:id/ambil', may: 'inbox.answer', input: keySchema },
      handle: acting('takeover', async (context, desk, { id, key = '' }) => {
        const { me, t } = context;
        await conversations.act(contactOf(desk, context), key, { does: 'take', by: me._id, name: me.name });
        await inbox.assignFree(id, me._id);
        return t('inbox.taken');
      }),
    }),
    route({
      ...{ method: 'post', path: '/kotak-masuk/:id/kembalikan', may: 'inbox.answer', input: keySchema },
      handle: acting('takeover', async (context, desk, { key = '' }) => {
        await conversations.act(contactOf(desk, context), key, { does: 'give back', by: context.me._id, name: '' });
        return context.t('inbox.givenBack');
      }),
    }),
    route({
      ...{ method: 'post', path: '/kotak-masuk/:id/kirim', may: 'inbox.answer', input: saySchema, upload: true },
      async handle(context, { id, text, key, seen, anyway }, upload) {
        const { t, me, now } = context;
        const props = await deskOf(context, id);
        if (!props) return { missing: true };
        const { desk, staff } = props;
        const contact = contactOf(desk, context);
        const takeover = takeoverOf(desk.conversation, now);
        const other =
          (await inbox.spokenSince(desk.conversation?.aliases ?? [], seen, me._id)) ??
          (takeover && takeover.staff !== me._id ? takeover.staff : undefined);
        if (other !== undefined && anyway === undefined) {
          const who = staff.get(other)?.name ?? t('inbox.phone');
          return {
            ...page({ ...props, again: { text, problem: t('inbox.otherWas', { who }) } }),
            status: 409,
          };
        }
        if (text === '' && !upload) throw new Refusal(t('inbox.nothingToSend'));
        const attachment = upload && (await keep(product.files, upload, t));
        await note(context, 'say', desk);
        const act = { does: 'say' as const, by: me._id, name: me.name, text, ...(attachment && { attachment }) };
        await conversations.act(contact, key, act);
        await inbox.assignFree(id, me._id);
        return { to: `/kotak-masuk/${id}` };
      },
    }),
    route({
      ...{ method: 'post', path: '/kotak-masuk/:id/serahkan', may: 'inbox.answer', input: assignSchema },
      async handle(context, { id, siapa }) {
        const { t, now } = context;
        const desk = await inbox.desk(id);
        if (!desk) return { missing: true };
        const chosen = siapa === '' ? null : await parts.accounts.store.find(siapa);
        if (siapa !== '' && !chosen?.active) throw new Refusal(t('inbox.noSuchStaff'));
        // Who is away has named somebody for the time.
        const away = chosen?.leave && chosen.leave.until > now ? chosen.leave : undefined;
        const delegate = away && (await parts.accounts.store.find(away.delegate));
        const to = delegate ?? chosen;
        await note(context, 'case', desk, `→ ${to?.login ?? '-'}`);
        await inbox.assign(id, to?._id ?? null);
        context.say(
          to ? t(delegate ? 'inbox.assignedDelegate' : 'inbox.assigned', { who: to.name }) : t('inbox.unassigned'),
        );
        return { to: `/kotak-masuk/${id}` };
      },
    }),
    route({
      ...{ method: 'post', path: '/kotak-masuk/:id/selesai', may: 'inbox.answer', input: closeSchema },
      async handle(context, { id, alasan, lain }) {
        const desk = await inbox.desk(id);
        if (!desk) return { missing: true };
        const reason = [alasan, lain].filter((word) => word !== undefined).join(': ');
        await note(context, 'case', desk, reason);
        await inbox.close(id, context.me._id, reason, context.now);
        // Whoever is done speaks no more: the person is not left in silence until the time is over.
        const { me, now } = context;
        if (desk.conversation && takeoverOf(desk.conversation, now)?.staff === me._id)
          await conversations.act(desk.conversation._id, `close:${id}:${now}`, {
            does: 'give back',
            by: me._id,
            name: '',
          });
        context.say(context.t('inbox.closedNow'));
        return { to: '/kotak-masuk' };
      },
    }),
    route({
      ...{ method: 'post', path: '/kotak-masuk/:id/buka', may: 'inbox.answer', input: caseSchema },
      handle: acting('case', async ({ t }, _desk, { id }) =>
        (await inbox.reopen(id)) ? t('inbox.reopened') : t('inbox.newerOpen'),
      ),
    }),
  ];
}

/** Cases that nobody has answered long after they were due are shown to administrators; woken once in a while. */
export const escalate = ({ inbox, content }: Pick<ConsoleParts, 'inbox' | 'content'>, now: number): Promise<number> =>
  inbox.escalate(now - content.office.cases.escalateMinutes * MINUTE, now);
