/** Who asks: sessions in the database, signing in and out, and the token without which no form is taken. */
import { randomBytes, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import type { Request, RequestHandler, Response } from 'express';
import { Router, urlencoded } from 'express';
import cookieParser from 'cookie-parser';
import MongoStore from 'connect-mongo';
import { doubleCsrf } from 'csrf-csrf';
import session from 'express-session';
import type { Connection } from 'mongoose';
import { renderToString } from 'preact-render-to-string';
import type { VNode } from 'preact';
import { z } from 'zod';
import type { Clock } from '../../shared/clock.ts';
import { DAY, HOUR } from '../../shared/clock.ts';
import { BusyError } from '../../shared/errors.ts';
import { isTransient } from '../../storage/transient.ts';
import { translate } from '../shell/words.ts';
import { PASSWORD_LONGEST, type Accounts } from './accounts.ts';
import { createBrakes } from './brakes.ts';
import type { Searched } from '../shell/page.tsx';
import { FirstForm, PasswordForm, SignInForm } from './door.tsx';
import { firstSchema, passwordSchema } from './input.ts';
import type { Account, Link } from './store.ts';

declare module 'express-session' {
  interface SessionData {
    account: string;
    /** When it was signed in, milliseconds since the epoch. */
    since: number;
    /** What the next page tells. */
    said: string[];
    /** What is looked for on a page: names and numbers are kept here, and out of every address. */
    searched: Partial<Record<Searched, string>>;
    /** Somebody stands at the door: keeps the session, to which the form's token belongs. */
    door: boolean;
  }
}

/** A working day, and a night shift on top; whoever is away longer signs in again. */
const SESSION_LIFE = 12 * HOUR;

/** A browser is remembered for so long; see `brakes.ts`. */
const DEVICE_LIFE = 180 * DAY;

export interface AccessParts {
  connection: Connection;
  accounts: Accounts;
  clock: Clock;
  /** Signs sessions and tokens; another one at the next start ends all sessions. */
  secret: string;
  /** Cookies over TLS only. */
  secure: boolean;
  /** Hears of every sign-in, for the audit. */
  note(account: Account, what: 'sign in' | 'sign out' | 'password'): Promise<void>;
}

export interface Access {
  session: RequestHandler;
  /** Whose the session is just now; undefined when it is nobody's any more. */
  accountOf(request: Request): Promise<Account | undefined>;
  /** Looks up who the session belongs to. */
  who: RequestHandler;
  of(request: Request): { me: Account | undefined };
  /** Refuses a form without the token of its session. */
  guard: RequestHandler;
  tokenFor(request: Request, response: Response): string;
  /** After a new password: this session goes on, all others are over. */
  renew(request: Request, account: Account): Promise<void>;
  /** The pages before and after: signing in, signing out, links. */
  routes: RequestHandler;
}

const signInSchema = z.strictObject({
  _csrf: z.string(),
  login: z.string().trim().toLowerCase().max(60),
  password: z.string().max(PASSWORD_LONGEST),
  ke: z.string().max(500).optional(),
});

export function createAccess(parts: AccessParts): Access {
  const { connection, accounts, clock, secret, secure } = parts;
  const brakes = createBrakes(connection, secret);
  const store = MongoStore.create({
    client: connection.getClient(),
    dbName: connection.name,
    collectionName: 'sessions',
    ttl: SESSION_LIFE / 1_000,
    touchAfter: 300,
  });
  const cookie = { sameSite: 'lax', secure, path: '/', httpOnly: true } as const;
  const sessions = session({
    ...{ name: 'kawan.sid', secret, store, resave: false, saveUninitialized: false, rolling: true, proxy: secure },
    cookie: { ...cookie, maxAge: SESSION_LIFE },
  });
  const csrf = doubleCsrf({
    getSecret: () => secret,
    getSessionIdentifier: (request) => request.session.id,
    cookieName: 'kawan.csrf',
    cookieOptions: cookie,
    getCsrfTokenFromRequest: (request) =>
      (request.body as { _csrf?: string } | undefined)?._csrf ?? request.get('x-csrf-token'),
  });
  const mine = new WeakMap<Request, Account>();
  const cookies = cookieParser();

  const access: Access = {
    session(request, response, next) {
      const on = (error?: unknown) =>
        next(isTransient(error) ? new BusyError('The database does not answer just now', {}, { cause: error }) : error);
      cookies(request, response, (error?: unknown) => (error ? on(error) : void sessions(request, response, on)));
    },
    async accountOf({ session: { account: id, since = 0 } }) {
      const account =
        id === undefined ? null : ((await accounts.store.recent()).get(id) ?? (await accounts.store.find(id)));
      return account?.active && since >= account.sessionsFrom ? account : undefined;
    },
    async who(request, _response, next) {
      const account = await access.accountOf(request);
      if (account) mine.set(request, account);
      next();
    },
    of: (request) => ({ me: mine.get(request) }),
    guard: csrf.doubleCsrfProtection,
    tokenFor: (request, response) => csrf.generateCsrfToken(request, response),
    async renew(request, account) {
      await promisify(request.session.regenerate.bind(request.session))();
      Object.assign(request.session, { account: account._id, since: clock.now() });
    },
    routes: Router(),
  };

  const send = (response: Response, status: number, page: VNode) =>
    void response
      .status(status)
      .set('Cache-Control', 'no-store')
      .type('html')
      .send(`<!doctype html>${renderToString(page)}`);
  const token = (request: Request, response: Response) => {
    request.session.door = true;
    return access.tokenFor(request, response);
  };
  const enter = async (request: Request, response: Response, account: Account, ke?: string) => {
    // A new session: one that somebody else had prepared is worth nothing.
    await access.renew(request, account);
    response.cookie('kawan.device', brakes.deviceOf(account.login, randomUUID()), { ...cookie, maxAge: DEVICE_LIFE });
    await parts.note(account, 'sign in');
    await saved(request);
    response.redirect(303, ownPath(ke));
  };

  const form = urlencoded({ extended: false, limit: '16kb' });
  const t = translate('id');
  const router = access.routes as Router;
  const open = [access.session, access.who] as const;

  router.get('/masuk', ...open, (request, response) => {
    if (mine.has(request)) return response.redirect(303, '/');
    const ke = typeof request.query['ke'] === 'string' ? ownPath(request.query['ke']) : '/';
    send(response, 200, <SignInForm t={t} csrf={token(request, response)} ke={ke} />);
  });

  router.post('/masuk', ...open, form, access.guard, async (request, response) => {
    const again = (status: number, problem: string, login = '', ke = '/') =>
      send(response, status, <SignInForm {...{ t, problem, login, ke }} csrf={token(request, response)} />);
    const given = signInSchema.safeParse(request.body);
    if (!given.success) return again(422, t('access.wrong'));
    const { login, password, ke } = given.data;
    const device = (request.cookies as Record<string, unknown>)['kawan.device'];
    const attempt = {
      ...{ address: request.ip ?? '', login },
      device: typeof device === 'string' ? device : undefined,
    };
    const wait = await brakes.wait(attempt);
    if (wait > 0) {
      response.set('Retry-After', String(wait));
      return again(429, t('access.wait', { minutes: Math.ceil(wait / 60) }), login, ownPath(ke));
    }
    const account = await accounts.signIn(login, password);
    if (account) return enter(request, response, account, ke);
    await brakes.failed(attempt);
    again(401, t('access.wrong'), login, ownPath(ke));
  });

  router.post('/keluar', ...open, form, access.guard, async (request, response) => {
    const me = mine.get(request);
    if (me) await parts.note(me, 'sign out');
    await promisify(request.session.destroy.bind(request.session))();
    response.clearCookie('kawan.sid', cookie).redirect(303, '/masuk');
  });

  /** The door, with what stands in the way. */
  const atDoor = (request: Request, response: Response, status: number, problem: string) =>
    send(response, status, <SignInForm {...{ t, problem }} csrf={token(request, response)} ke="/" />);

  /** What a link leads to: one's own account, whose password is set, or the first administrator. */
  const showLink = async (request: Request, response: Response, { account }: Link, problem?: string) => {
    const whose = account === null ? null : await accounts.store.find(account);
    const props = { t, csrf: token(request, response), ...(problem !== undefined && { problem }) };
    const page = whose ? <PasswordForm {...props} name={whose.name} login={whose.login} /> : <FirstForm {...props} />;
    send(response, problem === undefined ? 200 : 422, page);
  };

  router.get('/tautan/:token', ...open, async (request: Request<{ token: string }>, response: Response) => {
    const link = await accounts.link(request.params.token);
    // What stands in the address is not told to other pages.
    response.set('Referrer-Policy', 'no-referrer');
    if (!link) return atDoor(request, response, 404, t('access.linkOver'));
    await showLink(request, response, link);
  });

  router.post(
    '/tautan/:token',
    ...open,
    form,
    access.guard,
    async (request: Request<{ token: string }>, response: Response) => {
      const { token: given } = request.params;
      const link = await accounts.link(given);
      if (!link) return atDoor(request, response, 404, t('access.linkOver'));
      const schema = link.kind === 'first' ? firstSchema(t) : passwordSchema(t);
      const input = schema.safeParse(request.body);
      if (!input.success) {
        const problem = input.error.issues.map(({ message }) => message).join(' ');
        return showLink(request, response, link, problem);
      }
      const account =
        link.kind === 'first'
          ? await accounts.makeFirst(given, input.data as z.infer<ReturnType<typeof firstSchema>>)
          : await accounts.takeUp(given, input.data.password);
      if (!account) return atDoor(request, response, 404, t('access.linkOver'));
      await parts.note(account, 'password');
      await enter(request, response, account);
    },
  );

  // A form whose page was open for too long, or was never ours: it is shown anew.
  router.use(((error: unknown, request: Request, response: Response, next: (error: unknown) => void) => {
    if (response.headersSent || !(error instanceof Error && 'status' in error && error.status === 403))
      return next(error);
    atDoor(request, response, 403, t('errors.stale'));
  }) as never);
  return access;
}

/** A browser follows a redirect before its answer has ended, so what the next page needs is written first. */
export const saved = (request: Request): Promise<void> => promisify(request.session.save.bind(request.session))();

/** A secret for this run alone, where none is set. */
export const runSecret = (): string => randomBytes(32).toString('hex');

/** Only a path of ours is gone to after signing in, never another site. */
export function ownPath(path = '/'): string {
  const base = 'http://kawan.invalid';
  if (!path.startsWith('/') || !URL.canParse(path, base)) return '/';
  const url = new URL(path, base);
  return url.origin === base && !/^\/[\\/]/.test(path) ? `${url.pathname}${url.search}` : '/';
}
