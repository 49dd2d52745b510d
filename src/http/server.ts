/** The web server: names that are answered, security headers, a health page, the channels' pages, and an answer for every error. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Response } from 'express';
import helmet from 'helmet';
import { BusyError, messageOf, StartError } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';
import { isWildcard, refuseOtherHosts } from '../shared/hosts.ts';

export interface HttpParts {
  routes: readonly RequestHandler[];
  /** Throws when the product cannot serve just now. */
  health(): Promise<void>;
  log: Log;
  /** Served over TLS by a proxy in front; switches on the headers that demand it. */
  secure: boolean;
  /** The address that people open; without it only names of this machine are answered. */
  publicUrl?: string | undefined;
}

/** The application, not listening yet. */
function createApp({ routes, health, log, secure, publicUrl }: HttpParts): express.Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(refuseOtherHosts(publicUrl));
  // Behind a proxy its word for the caller's address counts, and only the nearest one's.
  if (secure) app.set('trust proxy', 1);
  app.use(
    helmet({
      contentSecurityPolicy: {
        directives: {
          defaultSrc: ["'self'"],
          scriptSrc: ["'self'"],
          styleSrc: ["'self'"],
          imgSrc: ["'self'", 'data:'],
          mediaSrc: ["'self'", 'blob:'],
          objectSrc: ["'none'"],
          formAction: ["'self'"],
          baseUri: ["'none'"],
          frameAncestors: ["'self'"],
          ...(!secure && { upgradeInsecureRequests: null }),
        },
      },
      hsts: secure,
    }),
  );
  app.get('/health', async (_request, response) => {
    await health();
    response.json({ ok: true });
  });
  for (const route of routes) app.use(route);
  app.use((_request, response) => {
    response.status(404).json({ error: 'not found', message: 'There is no such page.' });
  });
  app.use(answerError(log));
  return app;
}

/** A busy database is told as such; anything unexpected is logged and told without its details. */
const answerError =
  (log: Log): ErrorRequestHandler =>
  (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    if (error instanceof BusyError) {
      response.set('Retry-After', '2');
      return tell(request, response, 503, 'busy', 'Sedang sibuk. Coba lagi sebentar.');
    }
    const status = statusOf(error);
    if (status < 500) return tell(request, response, status, 'bad request', messageOf(error));
    log.error({ why: messageOf(error) }, 'a request failed');
    tell(request, response, 500, 'failed', 'Something went wrong here. Try again in a moment.');
  };

/** In the way that was asked for: a program gets JSON, a browser that shows a page gets words. */
function tell(request: Request, response: Response, status: number, error: string, message: string): void {
  response.status(status);
  if (request.accepts(['json', 'html']) === 'html') response.type('text/plain; charset=utf-8').send(message);
  else response.json({ error, message });
}

/** The status that a body parser gives its errors; 500 for all others. */
function statusOf(error: unknown): number {
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  return status >= 400 && status < 600 ? status : 500;
}

export interface Served {
  /** Where it is opened from this machine: "http://127.0.0.1:3000". */
  address: string;
  /** Ends live connections and waits until the server is closed. */
  close(): Promise<void>;
}

/** @throws StartError when the port cannot be had. */
export async function serve({ host, port, ...parts }: HttpParts & { host: string; port: number }): Promise<Served> {
  const server = createServer(createApp(parts));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'EADDRINUSE' ? 'another program uses it' : messageOf(cause);
      reject(
        new StartError(
          `The pages cannot be served on ${host}:${port}: ${why}. Choose another one with PORT=…`,
          {},
          { cause },
        ),
      );
    });
    server.listen(port, host, resolve);
  });
  const name = isWildcard(host) ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return {
    address: `http://${name}:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
