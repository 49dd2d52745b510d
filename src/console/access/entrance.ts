/** The door before pages that are not the console's own: who has signed in and may is let through. */
import { promisify } from 'node:util';
import { Router, type Request, type RequestHandler, type Response } from 'express';
import { sender } from '../../shared/hosts.ts';
import type { Access } from './index.tsx';
import { may, type Action } from './roles.ts';

/**
 * Lets through who has signed in and may do `action`; a write only from a page of ours. Whatever stays open finds in
 * `response.locals.mayStay` whether that still holds.
 */
export function createEntrance({ session, who, of, accountOf }: Access, action: Action): RequestHandler {
  const decide: RequestHandler = (request, response, next) => {
    const { me } = of(request);
    if (!me) return refuseStranger(request, response);
    if (!may(me.role, action)) return refuse(response, 403, 'not yours', 'Halaman ini untuk pengelola saja.');
    if (!['GET', 'HEAD'].includes(request.method) && sender(request) !== 'own page')
      return refuse(response, 403, 'another site', 'Only a page of this address may send here.');
    response.locals['mayStay'] = mayStay(request);
    next();
  };
  /** The session is read anew: it may be over, and its account gone or in another role. */
  const mayStay = (request: Request) => async (): Promise<boolean> => {
    try {
      await promisify(request.session.reload.bind(request.session))();
      const account = await accountOf(request);
      return account !== undefined && may(account.role, action);
    } catch {
      // A session that is over cannot be read; nor can any while the database is away, and then the page comes again.
      return false;
    }
  };
  return Router().use(session, who, decide);
}

/** Who looks at a page is sent to the door and comes back; a script is told. */
function refuseStranger(request: Request, response: Response): void {
  if (request.method === 'GET' && request.accepts(['json', 'html']) === 'html')
    return response.redirect(303, `/masuk?ke=${encodeURIComponent(request.originalUrl)}`);
  refuse(response, 401, 'not signed in', 'Masuk dulu.');
}

function refuse(response: Response, status: number, error: string, message: string): void {
  response.status(status).set('Cache-Control', 'no-store').json({ error, message });
}
