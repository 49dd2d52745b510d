/** The pages of persons. */
import { nameKey } from '../../programmes/registration/names.ts';
import { mainLanguage } from '../../content/locales.ts';
import type { AuditKind } from '../audit/store.ts';
import type { ConsoleParts } from '../parts.ts';
import { Refusal, route, type Context, type Reply, type Route } from '../shell/page.tsx';
import { CardPage, type CardProps } from './card.tsx';
import { asCsv, asXlsx, type Naming } from './export.ts';
import { createGroupPages } from './groups.tsx';
import {
  editSchema,
  exportSchema,
  listSchema,
  mergeSchema,
  personSchema,
  searchSchema,
  unmergeSchema,
  verifySchema,
  type ListInput,
} from './input.ts';
import { PeoplePage, queryOf } from './list.tsx';
import { HistoryPage } from './trail.tsx';
import { nameWords, type PeopleFilter } from './store.ts';

/** Lines that a page holds. */
const PAGE = 40;

/** Entries of the audit that are shown with a person. */
const TRAIL = 200;

export interface Lists extends Naming {
  areas: readonly { code: string; name: string }[];
  crafts: readonly { id: string; name: string }[];
}

/** Kelurahan and crafts by their names. */
export function listsOf({ content }: Pick<ConsoleParts, 'content'>): Lists {
  const label = (id: string) => content.locales.text(mainLanguage, 'registration', `options.crafts.${id}.label`, {});
  const ids = content.locales
    .keys(mainLanguage, 'registration')
    .map((key) => /^options\.crafts\.(\w+)\.label$/.exec(key)?.[1])
    .filter((id) => id !== undefined);
  const areas = new Map(content.areas.map(({ code, name }) => [code, name]));
  const crafts = new Map(ids.map((id) => [id, label(id)]));
  return {
    areas: content.areas.map(({ code, name }) => ({ code, name })),
    crafts: [...crafts].map(([id, name]) => ({ id, name })),
    area: (code) => areas.get(code) ?? code,
    craft: (id) => crafts.get(id) ?? id,
  };
}

const filterOf = (context: Context, { kerajinan, kelurahan, status }: Omit<ListInput, 'sesudah'>): PeopleFilter => {
  const q = context.searched('people');
  return {
    ...(q !== undefined && { q }),
    ...(kerajinan !== undefined && { craft: kerajinan }),
    ...(kelurahan !== undefined && { kelurahan }),
    ...(status !== undefined && { standing: status }),
  };
};

export function createPeoplePages(parts: ConsoleParts): Route[] {
  const { people, audit, product } = parts;
  const { registration, merging } = product;
  const lists = listsOf(parts);

  const note = (context: Context, what: AuditKind, person: string, more: object = {}) =>
    audit.note({ what, account: context.me._id, at: new Date(context.now), person, ...more });

  async function cardOf(context: Context, id: string): Promise<CardProps | undefined> {
    const [card, staff] = await Promise.all([people.card(context.scope, id), parts.staff()]);
    return card && { context, card, staff, lists };
  }

  const show = (props: CardProps, status = 200): Reply => ({
    page: <CardPage {...props} />,
    title: props.card.person.name,
    status,
  });

  return [
    route({
      ...{ method: 'get', path: '/orang', may: 'people.see', input: listSchema },
      async handle(context, { sesudah, ...input }) {
        const found = await people.list(context.scope, filterOf(context, input), sesudah, PAGE + 1);
        const rows = found.slice(0, PAGE);
        const next = found.length > PAGE ? rows.at(-1)?._id : undefined;
        return { page: <PeoplePage {...{ context, rows, next, input, lists }} />, title: context.t('nav.people') };
      },
    }),
    route({
      ...{ method: 'post', path: '/orang/cari', may: 'people.see', input: searchSchema },
      handle({ search }, { q, ...input }) {
        search('people', q);
        return Promise.resolve({ to: `/orang?${queryOf(input)}` });
      },
    }),
    route({
      ...{ method: 'get', path: '/orang/unduh', may: 'people.export', input: exportSchema },
      async handle(context, { bentuk, ...input }) {
        const filter = filterOf(context, input);
        await audit.note({
          what: 'export',
          account: context.me._id,
          at: new Date(context.now),
          reason: JSON.stringify(filter),
        });
        const persons = people.all(context.scope, filter);
        const name = `pengrajin-${context.times.field(context.now).slice(0, 10)}.${bentuk}`;
        if (bentuk === 'csv') return { file: asCsv(persons, context, lists), type: 'text/csv; charset=utf-8', name };
        return {
          file: asXlsx(persons, context, lists),
          type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
          name,
        };
      },
    }),
    route({
      ...{ method: 'get', path: '/orang/:id', may: 'people.see', input: personSchema },
      async handle(context, { id }) {
        const props = await cardOf(context, id);
        if (!props) return { missing: true };
        await note(context, 'see person', id);
        return show(props);
      },
    }),
    route({
      ...{ method: 'get', path: '/orang/:id/jejak', may: 'people.edit', input: personSchema },
      async handle(context, { id }) {
        const [card, entries, staff] = await Promise.all([
          people.card(context.scope, id),
          audit.list({ person: id }, TRAIL),
          parts.staff(),
        ]);
        if (!card) return { missing: true };
        await note(context, 'see audit', id);
        return {
          page: <HistoryPage {...{ context, person: card.person, entries, staff }} />,
          title: context.t('people.trail'),
        };
      },
    }),
    route({
      ...{ method: 'post', path: '/orang/:id/tulis', may: 'inbox.answer', input: personSchema },
      async handle(context, { id }) {
        const person = await registration.person(id);
        if (!person) return { missing: true };
        return { to: `/kotak-masuk/${await parts.inbox.caseOf(person.contact, 'by_staff', context.now)}` };
      },
    }),
    route({
      ...{ method: 'post', path: '/orang/:id/status', may: 'people.verify', input: verifySchema },
      async handle(context, { id, status, atas }) {
        const before = await registration.person(id);
        if (!before) return { missing: true };
        const changes = { standing: { from: before.standing, to: status } };
        await note(context, 'standing', id, { changes, reason: atas });
        const verification = { standing: status, by: context.me._id, at: new Date(context.now), on: atas };
        if (!(await people.verify(context.scope, id, verification))) return { missing: true };
        context.say(context.t('people.standingSaved'));
        return { to: `/orang/${id}` };
      },
    }),
    route({
      ...{ method: 'post', path: '/orang/:id/ubah', may: 'people.edit', input: editSchema },
      async handle(context, { id, nama, kerajinan, kelurahan, tahun, alasan }) {
        const before = await registration.person(id);
        if (!before) return { missing: true };
        if (lists.area(kelurahan) === kelurahan || kerajinan.length === 0)
          throw new Refusal(context.t('people.badEdit'));
        const years = tahun ?? null;
        const after = { name: nama, crafts: kerajinan, kelurahan, years };
        const changes = Object.fromEntries(
          Object.entries(after)
            .filter(([field, value]) => JSON.stringify(before[field as keyof typeof before]) !== JSON.stringify(value))
            .map(([field, to]) => [field, { from: before[field as keyof typeof before], to }]),
        );
        if (Object.keys(changes).length === 0) throw new Refusal(context.t('people.nothingChanged'));
        await note(context, 'edit', id, { changes, reason: alasan });
        await registration.changePerson(id, {
          ...{ ...after, nameKey: nameKey(nama), nameWords: nameWords(nama), updatedAt: new Date(context.now) },
          ...(years !== null && { yearsSaid: null }),
        });
        context.say(context.t('people.saved'));
        return { to: `/orang/${id}` };
      },
    }),
    route({
      ...{ method: 'post', path: '/orang/:id/gabung', may: 'people.merge', input: mergeSchema },
      async handle(context, { id, nomor, alasan, yakin }) {
        const { t, me, now } = context;
        const other = await registration.personNumbered(nomor.replace(/\s/, ''));
        const props = await cardOf(context, id);
        if (!props) return { missing: true };
        if (!other || other._id === id)
          return show({ ...props, merge: { nomor, alasan, problem: t('people.noOther') } }, 422);
        // First both are shown beside each other; only the second yes does it.
        if (yakin === undefined) return show({ ...props, merge: { nomor, alasan, other } });
        await note(context, 'merge', id, { thing: other._id, reason: alasan });
        const done = await merging.merge(id, other._id, { by: me._id, reason: alasan, now });
        if (done === undefined) throw new Refusal(t('people.noOther'));
        context.say(t('people.merged', { name: other.name }));
        return { to: `/orang/${id}` };
      },
    }),
    route({
      ...{ method: 'post', path: '/orang/:id/pisah', may: 'people.merge', input: unmergeSchema },
      async handle(context, { id, gabungan, alasan }) {
        const { t, me, now } = context;
        await note(context, 'unmerge', id, { thing: gabungan, reason: alasan });
        const done = await merging.undo(gabungan, { by: me._id, reason: alasan, now });
        context.say(t(done ? 'people.unmerged' : 'people.notUnmerged'));
        return { to: `/orang/${id}` };
      },
    }),
    ...createGroupPages(parts, lists),
  ];
}
