/** One's own account: name, language, leave, password. */
import type { VNode } from 'preact';
import type { Account } from '../access/store.ts';
import type { Context } from '../shell/page.tsx';
import { Field, Form, Select } from '../shell/parts.tsx';

export function OwnPage({ context, staff }: { context: Context; staff: ReadonlyMap<string, Account> }): VNode {
  const { t, me, may, now, times } = context;
  const away = me.leave && me.leave.until > now ? me.leave : undefined;
  return (
    <>
      <h1>{t('staff.own')}</h1>
      <p class="hint">
        {me.login} · {t.of('roles', me.role)}
      </p>
      <Form context={context} action="/akun" class="narrow">
        <Field name="nama" label={t('access.name')} hint={t('access.nameHint')} value={me.name} required />
        <Select
          name="bahasa"
          label={t('staff.language')}
          value={me.language}
          options={[
            { value: 'id', label: 'Bahasa Indonesia' },
            { value: 'en', label: 'English' },
          ]}
        />
        <button>{t('forms.save')}</button>
      </Form>
      {may('inbox.answer') && (
        <>
          <h2>{t('staff.leave')}</h2>
          {away && (
            <>
              <p class="said">
                {t('staff.leaveNow', { until: times.day(away.until - 1), name: staff.get(away.delegate)?.name ?? '' })}
              </p>
              <Form context={context} action="/akun/cuti">
                <button>{t('staff.leaveEnd')}</button>
              </Form>
            </>
          )}
          {!away && (
            <Form context={context} action="/akun/cuti" class="narrow">
              <Field name="sampai" label={t('staff.until')} type="date" required />
              <Select
                name="pengganti"
                label={t('staff.delegate')}
                options={[...staff.values()]
                  .filter(
                    ({ _id, active, role }) => active && _id !== me._id && ['administrator', 'officer'].includes(role),
                  )
                  .map(({ _id, name }) => ({ value: _id, label: name }))}
              />
              <button>{t('staff.leaveYes')}</button>
            </Form>
          )}
        </>
      )}
      <h2>{t('staff.password')}</h2>
      <Form context={context} action="/akun/sandi" class="narrow">
        <Field name="lama" label={t('staff.oldPassword')} type="password" autocomplete="current-password" required />
        <Field name="baru" label={t('access.newPassword')} type="password" autocomplete="new-password" required />
        <Field name="ulang" label={t('access.again')} type="password" autocomplete="new-password" required />
        <button>{t('forms.save')}</button>
      </Form>
    </>
  );
}
