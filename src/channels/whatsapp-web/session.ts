/** One run of the library in a browser of its own: what it says, what it does not say, and its end. */
import { rm } from 'node:fs/promises';
import pidusage from 'pidusage';
import type { Browser, Page } from 'puppeteer';
import { messageOf } from '../../shared/errors.ts';
import { within } from '../../shared/limit.ts';
import type { Log } from '../../shared/log.ts';
import { freeProfile } from './chromium.ts';
import { createClient, profileOf, type LibraryClient, type StandIn } from './library.ts';
import { pageStates, type Event } from './machine.ts';

/** A browser that does not end by itself within so many milliseconds is ended. */
const CLOSE_WITHIN = 3_000;

export interface SessionParts {
  folder: string;
  program: string;
  phone?: string | undefined;
  standIn?: StandIn | undefined;
  log: Log;
  /** Something happened that the machine must know; never after the end. */
  happened(event: Event, why: string): void;
  /** The page's own word on its connection, other than those that end it. */
  pageState(state: string): void;
  code(code: string, how: 'picture' | 'letters'): void;
  /** The library says that it is ready, which proves nothing. */
  libraryReady(page: Page): void;
}

export class Session {
  readonly client: LibraryClient;
  readonly #parts: SessionParts;
  #browser: Browser | undefined;
  #ended = false;
  #starting: Promise<void> = Promise.resolve();
  /** The page's listeners stand: messages will be told. */
  attached = false;
  /** The newest error in the page: the only trace of a module that is gone. */
  pageError = '';

  constructor(parts: SessionParts) {
    this.#parts = parts;
    const { folder, program, phone, standIn } = parts;
    this.client = createClient({
      ...{ folder, program, phone, standIn },
      opened: (browser, page) => this.#opened(browser, page),
      failed: (error) => this.#tell('failed', messageOf(error)),
      attached: () => (this.attached = true),
    });
    this.#hear();
  }

  get page(): Page | undefined {
    return this.#ended ? undefined : this.client.pupPage;
  }

  start(): void {
    this.#starting = this.#start();
  }

  async #start(): Promise<void> {
    try {
      await freeProfile(profileOf(this.#parts.folder));
      if (!this.#ended) await this.client.initialize();
    } catch (error) {
      this.#tell('failed', messageOf(error));
    }
  }

  /** Ends the browser, in good order if it can. An unlinked device leaves nothing behind. */
  async close(forget: boolean): Promise<void> {
    this.#ended = true;
    this.client.removeAllListeners();
    await this.#endBrowser();
    // Ended while it still started: what comes up after this is ended at once, and the start fails.
    await this.#starting;
    await this.#endBrowser();
    if (forget) await rm(profileOf(this.#parts.folder), { recursive: true, force: true, maxRetries: 4 });
  }

  /** What the browser's processes use together, in megabytes. */
  async megabytes(): Promise<number> {
    const session = await this.#browser?.target().createCDPSession();
    if (!session) return 0;
    try {
      const { processInfo } = await session.send('SystemInfo.getProcessInfo');
      const used = await pidusage(processInfo.map(({ id }) => id));
      return Object.values(used).reduce((sum, one) => sum + one.memory, 0) / 1e6;
    } finally {
      await session.detach();
    }
  }

  #tell(event: Event, why: string): void {
    if (!this.#ended) this.#parts.happened(event, why);
  }

  /** The browser is there. Its death and the page's are told by nobody else. */
  #opened(browser: Browser, page: Page): void {
    this.#browser = browser;
    if (this.#ended) return void browser.process()?.kill('SIGKILL');
    browser.on('disconnected', () => this.#tell('failed', 'the browser has died'));
    page.on('error', () => this.#tell('failed', 'the page has crashed'));
    page.on('close', () => this.#tell('failed', 'the page was closed'));
    page.on('pageerror', (error) => (this.pageError = messageOf(error)));
    page.on('framenavigated', (frame) => {
      // A page that loads again has lost its listeners, until the library attaches them anew.
      if (frame === page.mainFrame()) this.attached = false;
    });
  }

  /** The library's word on the connection. It repeats itself, and it speaks of states that are over. */
  #hear(): void {
    const { client } = this;
    const { code, pageState, libraryReady } = this.#parts;
    const living =
      <T extends unknown[]>(act: (...values: T) => void) =>
      (...values: T): void => {
        if (!this.#ended) act(...values);
      };
    client.on(
      'qr',
      living((given) => code(given, 'picture')),
    );
    client.on('code', living((given: string) => code(given, 'letters')) as () => void);
    client.on(
      'authenticated',
      living(() => this.#tell('authenticated', '')),
    );
    client.on(
      'ready',
      living(() => this.page && libraryReady(this.page)),
    );
    client.on(
      'auth_failure',
      living((why) => this.#tell('failed', why)),
    );
    client.on(
      'change_state',
      living((state: string) => {
        const event = pageStates[state];
        if (event) this.#tell(event, state);
        else pageState(state);
      }),
    );
    client.on(
      'disconnected',
      living((why: string) => {
        if (why === 'LOGOUT') this.#tell('logout', 'unlinked on the phone');
        else this.#tell(pageStates[why] ?? 'failed', why);
      }),
    );
  }

  async #endBrowser(): Promise<void> {
    const browser = this.#browser ?? this.client.pupBrowser;
    const process = browser?.process();
    try {
      await within(this.client.destroy(), CLOSE_WITHIN, 'closing the browser');
    } catch (error) {
      this.#parts.log.debug({ why: messageOf(error) }, 'the browser did not close and is ended');
    }
    if (!process || process.exitCode !== null || process.signalCode !== null) return;
    const gone = new Promise((resolve) => process.once('exit', resolve));
    process.kill('SIGKILL');
    await gone;
  }
}
