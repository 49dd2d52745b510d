/** Groups of craftsmen, their members and who leads them. */
import type { VNode } from 'preact';
import { groupKey } from '../../programmes/registration/names.ts';
import type { Group } from '../../programmes/registration/store.ts';
import type { ConsoleParts } from '../parts.ts';
import { Refusal, route, type Context, type Reply, type Route } from '../shell/page.tsx';
import { Confirm, Field, Form, Select, Table, Tag } from '../shell/parts.tsx';
import type { Lists } from './index.tsx';
import { groupEditSchema, groupSchema, groupsSchema, memberActSchema, memberSchema } from './input.ts';
import type { PersonRecord } from './store.ts';

/** Groups of a city, and members of a group, that a page holds. */
const PAGE = 200;

export function createGroupPages(parts: ConsoleParts, lists: Lists): Route[] {
  const { people, audit, product } = parts;
  const members = (context: Context, group: string) => people.list(context.scope, { group }, undefined, PAGE);

  /** Changes a group that is there, and notes it. */
  const acting =
    <I extends { id: string }>(
      act: (context: Context, group: Group, input: I) => Promise<{ person?: string; told: string }>,
    ) =>
    async (context: Context, input: I): Promise<Reply> => {
      const group = await people.group(context.scope, input.id);
      if (!group) return { missing: true };
      const { person, told } = await act(context, group, input);
      const entry = { what: 'group' as const, account: context.me._id, at: new Date(context.now), thing: group._id };
      await audit.note({ ...entry, reason: told, ...(person !== undefined && { person }) });
      context.say(told);
      return { to: `/kelompok/${group._id}` };
    };

  return [
    route({
      ...{ method: 'get', path: '/kelompok', may: 'people.see', input: groupsSchema },
      async handle(context, { kelurahan }) {
        const { t, scope } = context;
        const groups = await people.groups(scope, kelurahan, PAGE);
        const page = (
          <>
            <h1>{t('nav.groups')}</h1>
            {'all' in scope && (
              <form method="get" class="filter">
                <Select
                  name="kelurahan"
                  label={t('people.kelurahan')}
                  value={kelurahan}
                  empty={t('people.all')}
                  options={lists.areas.map(({ code, name }) => ({ value: code, label: name }))}
                />
                <button>{t('forms.show')}</button>
              </form>
            )}
            <Table
              heads={[t('people.group'), t('people.kelurahan'), t('groups.members')]}
              empty={t('groups.none')}
              rows={groups.map((group) => [
                <a href={`/kelompok/${group._id}`}>{group.name}</a>,
                lists.area(group.kelurahan),
                String(group.members),
              ])}
            />
          </>
        );
        return { page, title: t('nav.groups') };
      },
    }),
    route({
      ...{ method: 'get', path: '/kelompok/:id', may: 'people.see', input: groupSchema },
      async handle(context, { id }) {
        const group = await people.group(context.scope, id);
        if (!group) return { missing: true };
        return {
          page: <GroupPage {...{ context, group, lists }} members={await members(context, id)} />,
          title: group.name,
        };
      },
    }),
    route({
      ...{ method: 'post', path: '/kelompok/:id/ubah', may: 'people.edit', input: groupEditSchema },
      handle: acting(async ({ t }, { _id }, { nama }: { id: string; nama: string }) => {
        await people.changeGroup(_id, { name: nama, nameKey: groupKey(nama) });
        return { told: t('groups.renamed', { name: nama }) };
      }),
    }),
    route({
      ...{ method: 'post', path: '/kelompok/:id/anggota', may: 'people.edit', input: memberSchema },
      handle: acting(async ({ t }, { _id }, { nomor }: { id: string; nomor: string }) => {
        const person = await product.registration.personNumbered(nomor.replace(/\s/, ''));
        if (!person) throw new Refusal(t('people.noOther'));
        await people.moveTo(person._id, _id);
        return { person: person._id, told: t('groups.added', { name: person.name }) };
      }),
    }),
    route({
      ...{ method: 'post', path: '/kelompok/:id/keluarkan', may: 'people.edit', input: memberActSchema },
      handle: acting(async ({ t }, { _id }, { orang }: { id: string; orang: string }) => {
        const person = await product.registration.person(orang);
        if (person?.group !== _id) throw new Refusal(t('groups.noMember'));
        await people.moveTo(orang, null);
        return { person: orang, told: t('groups.removed', { name: person.name }) };
      }),
    }),
    route({
      ...{ method: 'post', path: '/kelompok/:id/ketua', may: 'people.edit', input: memberActSchema },
      handle: acting(async ({ t }, { _id, leader }, { orang }: { id: string; orang: string }) => {
        const person = await product.registration.person(orang);
        if (person?.group !== _id) throw new Refusal(t('groups.noMember'));
        await people.lead(_id, orang, leader);
        return { person: orang, told: t('groups.leads', { name: person.name }) };
      }),
    }),
  ];
}

function GroupPage({
  context,
  group,
  members,
  lists,
}: {
  context: Context;
  group: Group;
  members: readonly PersonRecord[];
  lists: Lists;
}): VNode {
  const { t, may } = context;
  const path = `/kelompok/${group._id}`;
  const act = (person: PersonRecord) =>
    may('people.edit') ? (
      <>
        {group.leader !== person._id && (
          <Form context={context} action={`${path}/ketua`} class="inline">
            <input type="hidden" name="orang" value={person._id} />
            <button class="quiet">{t('groups.makeLeader')}</button>
          </Form>
        )}
        <Confirm word={t('groups.remove')} danger>
          <Form context={context} action={`${path}/keluarkan`}>
            <input type="hidden" name="orang" value={person._id} />
            <button class="danger">{t('groups.removeYes', { name: person.name })}</button>
          </Form>
        </Confirm>
      </>
    ) : (
      ''
    );
  return (
    <>
      <p class="crumbs">
        <a href="/kelompok">{t('nav.groups')}</a>
      </p>
      <h1>{group.name}</h1>
      <p>{lists.area(group.kelurahan)}</p>
      <Table
        heads={[t('people.name'), t('people.crafts'), t('groups.place'), '']}
        empty={t('groups.noMembers')}
        rows={members.map((person) => [
          <a href={`/orang/${person._id}`}>{person.name}</a>,
          person.crafts.map(lists.craft).join(', '),
          group.leader === person._id ? <Tag kind="good">{t('groups.leader')}</Tag> : t('groups.member'),
          act(person),
        ])}
      />
      {may('people.edit') && (
        <>
          <h2>{t('groups.add')}</h2>
          <Form context={context} action={`${path}/anggota`} class="row narrow">
            <Field name="nomor" label={t('people.number')} inputmode="numeric" required />
            <button>{t('groups.addYes')}</button>
          </Form>
          <h2>{t('groups.rename')}</h2>
          <Form context={context} action={`${path}/ubah`} class="row narrow">
            <Field name="nama" label={t('people.name')} value={group.name} required minlength={2} maxlength={80} />
            <button>{t('forms.save')}</button>
          </Form>
        </>
      )}
    </>
  );
}
