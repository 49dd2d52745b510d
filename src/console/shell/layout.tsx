/** The frame of every page: the way to all others, who is signed in, and what was just done. */
import type { ComponentChildren, VNode } from 'preact';
import type { Action } from '../access/roles.ts';
import type { Context } from './page.tsx';
import type { Translate, WordKey } from './words.ts';

const places: readonly { path: string; may: Action; word: WordKey }[] = [
  { path: '/', may: 'home.see', word: 'nav.home' },
  { path: '/kotak-masuk', may: 'inbox.see', word: 'nav.inbox' },
  { path: '/pengajuan', may: 'applications.see', word: 'nav.applications' },
  { path: '/orang', may: 'people.see', word: 'nav.people' },
  { path: '/kelompok', may: 'people.see', word: 'nav.groups' },
  { path: '/program', may: 'programmes.see', word: 'nav.programmes' },
  { path: '/nilai', may: 'values.see', word: 'nav.values' },
  { path: '/acara', may: 'events.see', word: 'nav.events' },
  { path: '/siaran', may: 'broadcasts.see', word: 'nav.broadcasts' },
  { path: '/saluran', may: 'channels.see', word: 'nav.channels' },
  { path: '/petugas', may: 'staff.manage', word: 'nav.staff' },
  { path: '/jejak', may: 'audit.see', word: 'nav.audit' },
];

const isHere = (path: string, place: string): boolean => (place === '/' ? path === '/' : path.startsWith(place));

/** No code made from text, no styles put in: the policy of the pages forbids both. What went wrong is shown, too. */
const htmxConfig = JSON.stringify({
  ...{ allowEval: false, includeIndicatorStyles: false, selfRequestsOnly: true },
  responseHandling: [
    { code: '204', swap: false },
    { code: '...', swap: true },
  ],
});

function Document({ title, language, children }: { title: string; language: string; children: ComponentChildren }) {
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="same-origin" />
        <meta name="htmx-config" content={htmxConfig} />
        <title>{title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/console/console.css" />
        <script src="/console/htmx.js" defer />
        <script src="/console/sse.js" defer />
        <script src="/console/console.js" defer type="module" />
      </head>
      {children}
    </html>
  );
}

export interface Frame {
  context: Context;
  title: string;
  said: readonly string[];
  children: ComponentChildren;
}

export function Page({ context, title, said, children }: Frame): VNode {
  const { t, me, path, may, csrf } = context;
  return (
    <Document title={`${title} · ${t('app.name')}`} language={me.language}>
      <body>
        <a class="skip" href="#isi">
          {t('app.skip')}
        </a>
        <header class="bar">
          <a class="brand" href="/">
            {t('app.name')}
          </a>
          <button type="button" id="menu" class="quiet" aria-controls="jalan" aria-expanded="false">
            {t('app.menu')}
          </button>
          <nav id="jalan" aria-label={t('app.menu')}>
            <ul>
              {places
                .filter((place) => may(place.may))
                .map((place) => (
                  <li>
                    <a href={place.path} aria-current={isHere(path, place.path) ? 'page' : undefined}>
                      {t(place.word)}
                    </a>
                  </li>
                ))}
            </ul>
            <div class="me">
              <a href="/akun" aria-current={path === '/akun' ? 'page' : undefined}>
                {me.name}
              </a>
              <form method="post" action="/keluar">
                <input type="hidden" name="_csrf" value={csrf} />
                <button class="quiet">{t('access.signOut')}</button>
              </form>
            </div>
          </nav>
        </header>
        <main id="isi" tabIndex={-1}>
          <div role="status" aria-live="polite" id="kabar">
            {said.map((words) => (
              <p class="said">{words}</p>
            ))}
          </div>
          {children}
        </main>
      </body>
    </Document>
  );
}

/** Before anybody is signed in. */
export function Door({ t, title, children }: { t: Translate; title: string; children: ComponentChildren }): VNode {
  return (
    <Document title={`${title} · ${t('app.name')}`} language="id">
      <body class="door">
        <main id="isi">
          <p class="brand">{t('app.name')}</p>
          {children}
        </main>
      </body>
    </Document>
  );
}
