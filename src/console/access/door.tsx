/** The pages before one is signed in. */
import type { VNode } from 'preact';
import { Door } from '../shell/layout.tsx';
import { Field } from '../shell/parts.tsx';
import type { Translate } from '../shell/words.ts';
import { PASSWORD_SHORTEST } from './accounts.ts';

interface DoorProps {
  t: Translate;
  csrf: string;
  problem?: string;
}

const Problem = ({ problem }: { problem: string | undefined }) =>
  problem === undefined ? null : (
    <p class="said bad" role="alert">
      {problem}
    </p>
  );

export function SignInForm({ t, csrf, problem, login = '', ke }: DoorProps & { login?: string; ke: string }): VNode {
  return (
    <Door t={t} title={t('access.signIn')}>
      <h1>{t('access.signIn')}</h1>
      <Problem problem={problem} />
      <form method="post" action="/masuk">
        <input type="hidden" name="_csrf" value={csrf} />
        <input type="hidden" name="ke" value={ke} />
        <Field name="login" label={t('access.login')} value={login} autocomplete="username" required autofocus />
        <Field name="password" label={t('access.password')} type="password" autocomplete="current-password" required />
        <button class="main">{t('access.signIn')}</button>
      </form>
      <p class="hint">{t('access.forgotten')}</p>
    </Door>
  );
}

const NewPassword = ({ t }: { t: Translate }) => (
  <>
    <Field
      name="password"
      label={t('access.newPassword')}
      type="password"
      autocomplete="new-password"
      minlength={PASSWORD_SHORTEST}
      hint={t('access.passwordHint', { n: PASSWORD_SHORTEST })}
      required
    />
    <Field name="again" label={t('access.again')} type="password" autocomplete="new-password" required />
  </>
);

export function PasswordForm({ t, csrf, problem, name, login }: DoorProps & { name: string; login: string }): VNode {
  return (
    <Door t={t} title={t('access.newPassword')}>
      <h1>{t('access.welcome', { name })}</h1>
      <p>{t('access.yourLogin', { login })}</p>
      <Problem problem={problem} />
      <form method="post">
        <input type="hidden" name="_csrf" value={csrf} />
        <input type="text" value={login} autocomplete="username" readonly hidden />
        <NewPassword t={t} />
        <button class="main">{t('access.save')}</button>
      </form>
    </Door>
  );
}

export function FirstForm({ t, csrf, problem }: DoorProps): VNode {
  return (
    <Door t={t} title={t('access.firstTitle')}>
      <h1>{t('access.firstTitle')}</h1>
      <p>{t('access.first')}</p>
      <Problem problem={problem} />
      <form method="post">
        <input type="hidden" name="_csrf" value={csrf} />
        <Field name="name" label={t('access.name')} hint={t('access.nameHint')} autocomplete="name" required />
        <Field name="login" label={t('access.login')} hint={t('access.loginRule')} autocomplete="username" required />
        <NewPassword t={t} />
        <button class="main">{t('access.save')}</button>
      </form>
    </Door>
  );
}
