/**
 * Serves the pages: who asks, whether they may, whether what they sent is what the page expects; only then the page's own
 * code runs. Every page of the list passes through here, so none can forget a guard.
 */
import { pipeline } from 'node:stream/promises';
import type { Request, RequestHandler, Response } from 'express';
import { Router, urlencoded } from 'express';
import multer from 'multer';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { z } from 'zod';
import { BusyError, KawanError, messageOf } from '../../shared/errors.ts';
import type { Log } from '../../shared/log.ts';
import { FILE_LIMIT } from '../../storage/file-store.ts';
import { saved, type Access } from '../access/index.tsx';
import { may, scopeOf } from '../access/roles.ts';
import type { Account } from '../access/store.ts';
import { Page } from './layout.tsx';
import { Refusal, type Context, type Reply, type Route, type Upload } from './page.tsx';
import { createTimes } from './times.ts';
import { translate, type Translate } from './words.ts';

/** A form without its file; what officers type is shorter. */
const FORM_LIMIT = '256kb';

export interface ServeParts {
  routes: readonly Route[];
  access: Access;
  zone(): string;
  now(): number;
  log: Log;
}

export function servePages({ routes, access, zone, now, log }: ServeParts): RequestHandler {
  const router = Router();
  const form = urlencoded({ extended: false, limit: FORM_LIMIT, parameterLimit: 500 });
  const upload = multer({
    storage: multer.memoryStorage(),
    limits: { fileSize: FILE_LIMIT, files: 1, fields: 50, fieldSize: 64 * 1024, headerPairs: 50 },
  }).single('file');

  const contextOf = (request: Request, response: Response, me: Account): Context => {
    const t = translate(me.language);
    return {
      ...{ me, t, request, now: now(), scope: scopeOf(me), path: request.path },
      may: (action) => may(me.role, action),
      times: createTimes(zone(), me.language, now(), t),
      csrf: access.tokenFor(request, response),
      searched: (page) => request.session.searched?.[page] || undefined,
      search: (page, words) => void (request.session.searched = { ...request.session.searched, [page]: words }),
      say: (words) => (request.session.said = [...(request.session.said ?? []), words].slice(-5)),
    };
  };

  const show = (request: Request, response: Response, context: Context, page: VNode, title: string) => {
    const said = request.session.said ?? [];
    delete request.session.said;
    const html = renderToString(
      <Page context={context} title={title} said={said}>
        {page}
      </Page>,
    );
    response.type('html').send(`<!doctype html>${html}`);
  };

  const refuse = (request: Request, response: Response, status: number, words: (t: Translate) => string[]) => {
    const { me } = access.of(request);
    const context = me && contextOf(request, response, me);
    const t = context?.t ?? translate('id');
    const [title = '', text = ''] = words(t);
    response.status(status);
    if (request.get('hx-request') !== undefined)
      // Parts of a page are told in the line for news, since a whole page would land in the middle of another.
      return void response
        .set({ 'HX-Retarget': '#kabar', 'HX-Reswap': 'innerHTML' })
        .type('html')
        .send(renderToString(<p class="said bad">{text}</p>));
    if (!context) return void response.redirect(303, '/masuk');
    show(
      request,
      response,
      context,
      <>
        <h1>{title}</h1>
        <p>{text}</p>
        <p>
          <a href={backOf(request)}>{t('errors.back')}</a>
        </p>
      </>,
      title,
    );
  };

  const answer = async (request: Request, response: Response, context: Context, reply: Reply): Promise<void> => {
    if ('missing' in reply)
      return refuse(request, response, 404, (t) => [t('errors.missingTitle'), t('errors.missing')]);
    if ('to' in reply) {
      await saved(request);
      return response.redirect(303, reply.to);
    }
    response.set('Cache-Control', 'no-store');
    if ('part' in reply) return void response.type('html').send(renderToString(reply.part));
    if ('page' in reply) {
      response.status(reply.status ?? 200);
      return show(request, response, context, reply.page, reply.title);
    }
    const disposition = reply.inline ? 'inline' : 'attachment';
    response
      .type(reply.type)
      .set('Content-Disposition', `${disposition}; filename*=UTF-8''${encodeURIComponent(reply.name)}`)
      // What was sent in is shown, never run: no script of it, no page around it.
      .set('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; media-src 'self'; sandbox");
    if (Buffer.isBuffer(reply.file)) return void response.send(reply.file);
    await pipeline(reply.file, response);
  };

  const handle =
    (one: Route): RequestHandler =>
    async (request, response) => {
      const { me } = access.of(request);
      if (!me) return refuseStranger(request, response);
      if (!may(me.role, one.may))
        return refuse(request, response, 403, (t) => [t('errors.mayNotTitle'), t('errors.mayNot')]);
      const context = contextOf(request, response, me);
      const given = {
        ...(request.query as object),
        ...(request.body as object | undefined),
        ...(request.params as object),
      } as Record<string, unknown>;
      delete given['_csrf'];
      const input = (one.input as z.ZodType).safeParse(given, { error: z.locales[me.language]().localeError });
      if (!input.success)
        return refuse(request, response, 422, (t) => [t('errors.inputTitle'), problemsOf(input.error)]);
      const file: Upload | undefined = request.file && {
        name: request.file.originalname.slice(0, 200),
        bytes: request.file.buffer,
      };
      await answer(request, response, context, await one.handle(context, input.data as never, file));
    };

  /** Nothing is read, and no file taken, from who may not send it. */
  const entrance =
    (one: Route): RequestHandler =>
    (request, response, next) => {
      const { me } = access.of(request);
      return me && may(me.role, one.may) ? next() : handle(one)(request, response, next);
    };

  for (const one of routes) {
    if (one.method === 'get') router.get(one.path, access.session, access.who, handle(one));
    else
      router.post(
        one.path,
        ...[access.session, access.who, entrance(one), form],
        ...(one.upload ? [upload] : []),
        ...[access.guard, handle(one)],
      );
  }

  // A page that is not there is told as a page to who looks at it in a browser.
  router.get(/^\/(?!chat|simulator|health)/, access.session, access.who, (request, response, next) =>
    request.accepts(['json', 'html']) === 'html'
      ? refuse(request, response, 404, (t) => [t('errors.missingTitle'), t('errors.missing')])
      : next(),
  );

  /** Told to whoever asked in the way that they asked; what is not theirs to know stands in the log alone. */
  router.use(((error: unknown, request: Request, response: Response, next: (error: unknown) => void) => {
    if (response.headersSent || !request.session) return next(error);
    if (error instanceof BusyError)
      return refuse(request, response.set('Retry-After', '2'), 503, (t) => [t('errors.busyTitle'), t('errors.busy')]);
    if (error instanceof Refusal || error instanceof KawanError)
      return refuse(request, response, 409, (t) => [t('errors.notDoneTitle'), error.message]);
    const status = statusOf(error);
    if (status === 403) return refuse(request, response, 403, (t) => [t('errors.staleTitle'), t('errors.stale')]);
    if (status === 413) return refuse(request, response, 413, (t) => [t('errors.largeTitle'), t('errors.large')]);
    if (status < 500) return refuse(request, response, status, (t) => [t('errors.inputTitle'), messageOf(error)]);
    log.error({ why: messageOf(error), page: request.route as unknown }, 'a page failed');
    refuse(request, response, 500, (t) => [t('errors.failedTitle'), t('errors.failed')]);
  }) as never);
  return router;
}

/** What is wrong with a form, field by field. */
const problemsOf = ({ issues }: z.ZodError): string =>
  issues.map(({ path, message }) => [path.join('.'), message].filter((part) => part !== '').join(': ')).join('. ');

/** After signing in, a page that was asked for is shown; a form that was sent is not repeated by itself. */
function refuseStranger(request: Request, response: Response): void {
  if (request.get('hx-request') !== undefined) return void response.status(401).set('HX-Redirect', '/masuk').end();
  const back = request.method === 'GET' ? `?ke=${encodeURIComponent(request.originalUrl)}` : '';
  response.redirect(303, `/masuk${back}`);
}

/** The page before, if it is one of ours. */
function backOf(request: Request): string {
  const before = request.get('referer') ?? '';
  if (!URL.canParse(before)) return '/';
  const { host, pathname } = new URL(before);
  return host === request.get('host') && pathname !== request.path ? pathname : '/';
}

function statusOf(error: unknown): number {
  if (error instanceof multer.MulterError) return error.code === 'LIMIT_FILE_SIZE' ? 413 : 422;
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  return status >= 400 && status < 600 ? status : 500;
}
