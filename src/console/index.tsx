/** The staff console: every page of it, behind one list and one guard. */
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import express, { Router, type RequestHandler } from 'express';
import { createAccounts } from './access/accounts.ts';
import { createEntrance } from './access/entrance.ts';
import { createAccess, runSecret } from './access/index.tsx';
import { createAccountStore, indexSpecs as accountIndexes } from './access/store.ts';
import { createApplicationPages } from './applications/index.tsx';
import { createAuditPages } from './audit/index.tsx';
import { createAudit, indexSpecs as auditIndexes } from './audit/store.ts';
import { createBroadcastPages } from './broadcasts/index.tsx';
import { createChannelPages } from './channels/index.tsx';
import { createEventPages } from './events/index.tsx';
import { createHomePages } from './home/index.tsx';
import { indexSpecs as homeIndexes } from './home/store.ts';
import { createInboxPages, escalate } from './inbox/index.tsx';
import { createInboxStore, indexSpecs as inboxIndexes } from './inbox/store.ts';
import type { ConsoleParts, Surroundings } from './parts.ts';
import { createPeoplePages } from './people/index.tsx';
import { indexSpecs as mergeIndexes } from './people/merging/store.ts';
import { createPeopleStore, indexSpecs as peopleIndexes } from './people/store.ts';
import { createProgrammePages, refreshStates } from './programmes/index.tsx';
import { Live } from './shell/live.ts';
import { servePages } from './shell/serve.tsx';
import type { Route } from './shell/page.tsx';
import { createStaffPages } from './staff/index.tsx';
import { createValuePages, refreshValues } from './values/index.tsx';
import { may } from './access/roles.ts';

export const indexSpecs = [
  ...accountIndexes,
  ...auditIndexes,
  ...homeIndexes,
  ...inboxIndexes,
  ...peopleIndexes,
  ...mergeIndexes,
];

export interface ConsoleNeeds extends Surroundings {
  /** Signs sessions; a new one at each start where none is set. */
  secret: string | undefined;
  /** Served over TLS by a proxy in front. */
  secure: boolean;
}

export interface Console {
  handler: RequestHandler;
  /** Stands before the simulator where people are served. */
  simulatorEntrance: RequestHandler;
  /** Every page, for those who want to know all of them. */
  routes: readonly Route[];
  /** What stands in the address that makes the first administrator; undefined when somebody is there. */
  firstLink(): Promise<string | undefined>;
  /** Cases that nobody answers are shown to administrators; woken once in a while. */
  escalate(): Promise<void>;
  /** Reads what staff have changed in other processes: accounts, which programmes run, and values that hold. Woken every other second. */
  refresh(): Promise<void>;
  stop(): Promise<void>;
}

export function createConsole(needs: ConsoleNeeds): Console {
  const { connection, clock, log, content, secure } = needs;
  const accounts = createAccounts(createAccountStore(connection), clock);
  const audit = createAudit(connection);
  const live = new Live(connection, log);
  const access = createAccess({
    ...{ connection, accounts, clock, secure, secret: needs.secret ?? runSecret() },
    note: (account, what) => audit.note({ what, account: account._id, at: new Date(clock.now()) }),
  });
  const parts: ConsoleParts = {
    ...{ connection, clock, log, content, accounts, access, audit, live },
    ...{ conversations: needs.conversations, product: needs.product, channels: needs.channels },
    ...{
      database: needs.database,
      production: needs.production,
      inbox: createInboxStore(connection),
      people: createPeopleStore(connection),
    },
    staff: () => accounts.store.recent(),
  };
  const routes = [
    ...createHomePages(parts),
    ...createInboxPages(parts),
    ...createApplicationPages(parts),
    ...createPeoplePages(parts),
    ...createProgrammePages(parts),
    ...createValuePages(parts),
    ...createEventPages(parts),
    ...createBroadcastPages(parts),
    ...createChannelPages(parts),
    ...createStaffPages(parts),
    ...createAuditPages(parts),
  ];
  const router = Router();
  router.use('/console', assets());
  router.use(access.routes);
  router.get('/peristiwa', access.session, access.who, listening(parts, { over: 'list' }));
  router.get('/kotak-masuk/:id/peristiwa', access.session, access.who, listening(parts, { over: 'talk' }));
  router.use(servePages({ routes, access, zone: () => content.office.timeZone, now: () => clock.now(), log }));
  return {
    handler: router,
    simulatorEntrance: createEntrance(access, 'simulator.use'),
    routes,
    firstLink: () => accounts.first(),
    async escalate() {
      await escalate(parts, clock.now());
    },
    async refresh() {
      await Promise.all([accounts.store.refresh(), refreshStates(parts), refreshValues(parts)]);
    },
    stop: () => live.stop(),
  };
}

/** Pages listen for what changes; nothing personal travels this way, and only who may see the inbox hears of it. */
function listening({ access, inbox, live }: ConsoleParts, { over }: { over: 'list' | 'talk' }): RequestHandler {
  return async (request, response) => {
    const { me } = access.of(request);
    if (!me || !may(me.role, 'inbox.see')) return void response.status(me ? 403 : 401).end();
    if (over === 'list') return live.listen(request, response, { topics: ['cases'] });
    const { id } = request.params as { id: string };
    const desk = /^[0-9a-f]{24}$/.test(id) ? await inbox.desk(id) : undefined;
    if (!desk) return void response.status(404).end();
    live.listen(request, response, { topics: ['messages'], aliases: desk.conversation?.aliases ?? [] });
  };
}

/** Styles and scripts: our own, and htmx as it comes from its package. */
function assets(): RequestHandler {
  const router = Router();
  const from = createRequire(import.meta.url);
  const fonts = dirname(from.resolve('@fontsource/noto-sans/package.json'));
  const file =
    (path: string): RequestHandler =>
    (_request, response) =>
      response.sendFile(path, { maxAge: 3_600_000 });
  router.get('/htmx.js', file(from.resolve('htmx.org/dist/htmx.min.js')));
  router.get('/sse.js', file(join(dirname(from.resolve('htmx-ext-sse/package.json')), 'sse.js')));
  router.use('/fonts', express.static(join(fonts, 'files'), { index: false, maxAge: 86_400_000 }));
  router.use(express.static(join(import.meta.dirname, 'static'), { index: false, maxAge: 0 }));
  return router;
}
