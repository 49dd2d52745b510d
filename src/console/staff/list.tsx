/** All members of staff, and the form to invite one. */
import type { VNode } from 'preact';
import { roles, type Role } from '../access/roles.ts';
import type { Account } from '../access/store.ts';
import type { Lists } from '../people/index.tsx';
import type { Context } from '../shell/page.tsx';
import { Confirm, Field, Form, Select, Table, Tag } from '../shell/parts.tsx';

interface StaffProps {
  context: Context;
  lists: Lists;
  all: readonly Account[];
  /** The link that was just made, to be handed on. */
  link: { name: string; path: string } | undefined;
}

const RoleFields = ({
  context,
  lists,
  role,
  kelurahan,
}: Pick<StaffProps, 'context' | 'lists'> & { role: Role; kelurahan?: string | null }) => (
  <>
    <Select
      name="peran"
      label={context.t('staff.role')}
      value={role}
      options={roles.map((one) => ({ value: one, label: context.t.of('roles', one) }))}
    />
    <Select
      name="kelurahan"
      label={context.t('staff.kelurahan')}
      value={kelurahan}
      empty="–"
      options={lists.areas.map(({ code: value, name: label }) => ({ value, label }))}
    />
  </>
);

export function StaffPage({ context, lists, all, link }: StaffProps): VNode {
  const { t, me, now, times } = context;
  return (
    <>
      <h1>{t('nav.staff')}</h1>
      {link && (
        <div class="said" role="alert">
          <p>{t('staff.link', { name: link.name })}</p>
          <p>
            <code class="words" data-link={link.path}>
              {link.path}
            </code>
          </p>
        </div>
      )}
      <Table
        heads={[t('people.name'), t('access.login'), t('staff.role'), t('staff.state'), '']}
        empty={t('people.none')}
        rows={all.map((account) => [
          account.name,
          account.login,
          <>
            {t.of('roles', account.role)}
            {account.kelurahan !== null && <span class="hint"> {lists.area(account.kelurahan)}</span>}
          </>,
          !account.active ? (
            <Tag kind="plain">{t('staff.gone')}</Tag>
          ) : account.hash === null ? (
            <Tag kind="warn">{t('staff.invited')}</Tag>
          ) : account.leave && account.leave.until > now ? (
            <Tag kind="warn">{t('staff.away', { until: times.day(account.leave.until - 1) })}</Tag>
          ) : (
            <Tag kind="good">{t('staff.active')}</Tag>
          ),
          <StaffActions {...{ context, lists, all, account, mine: account._id === me._id }} />,
        ])}
      />
      <h2>{t('staff.invite')}</h2>
      <Form context={context} action="/petugas" class="narrow">
        <Field name="nama" label={t('access.name')} hint={t('access.nameHint')} required />
        <Field name="login" label={t('access.login')} hint={t('access.loginRule')} required />
        <RoleFields {...{ context, lists }} role="officer" />
        <button class="main">{t('staff.inviteYes')}</button>
      </Form>
    </>
  );
}

function StaffActions({
  context,
  lists,
  all,
  account,
  mine,
}: Omit<StaffProps, 'link'> & { account: Account; mine: boolean }): VNode {
  const { t } = context;
  const path = `/petugas/${account._id}`;
  if (!account.active)
    return (
      <Form context={context} action={`${path}/kembali`}>
        <button class="quiet">{t('staff.back')}</button>
      </Form>
    );
  return (
    <Confirm word={t('staff.change')}>
      <Form context={context} action={`${path}/peran`}>
        <RoleFields {...{ context, lists }} role={account.role} kelurahan={account.kelurahan} />
        <button>{t('forms.save')}</button>
      </Form>
      <Form context={context} action={`${path}/tautan`}>
        <button class="quiet">{t('staff.newLink')}</button>
      </Form>
      {!mine && (
        <Form context={context} action={`${path}/keluar`}>
          <Select
            name="penerima"
            label={t('staff.heir')}
            empty={t('inbox.nobody')}
            options={all
              .filter(
                ({ _id, active, role }) => active && _id !== account._id && ['administrator', 'officer'].includes(role),
              )
              .map(({ _id, name }) => ({ value: _id, label: name }))}
          />
          <button class="danger">{t('staff.depart', { name: account.name })}</button>
        </Form>
      )}
    </Confirm>
  );
}
