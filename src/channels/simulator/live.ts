/**
 * Live updates: a change stream of the database feeds the open pages, so that pages of several processes see the same.
 * While the database is away it is tried again; pages then fetch what they missed.
 */
import type { Response } from 'express';
import { messageOf } from '../../shared/errors.ts';
import type { Log } from '../../shared/log.ts';
import type { SimulatorStore } from './store.ts';

/** Longest pause before the stream is opened again, in milliseconds. */
const LONGEST_PAUSE = 2_000;

/** A line that keeps proxies from closing a quiet stream. */
const KEEP_ALIVE = 20_000;

export class Live {
  readonly #store: SimulatorStore;
  readonly #log: Log;
  readonly #pages = new Map<string, Set<Response>>();
  #stream: ReturnType<SimulatorStore['watch']> | undefined;
  #stopped = false;
  #beat: NodeJS.Timeout | undefined;

  constructor(store: SimulatorStore, log: Log) {
    this.#store = store;
    this.#log = log;
  }

  start(): void {
    this.#beat = setInterval(() => this.#each((page) => void write(page, ': still here\n\n')), KEEP_ALIVE);
    this.#beat.unref();
    void this.#follow();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#beat);
    this.#each((page) => page.end());
    await this.#stream?.close();
  }

  /** An open page of a phone; it hears of every message until it is closed. */
  add(phone: string, page: Response): void {
    const pages = this.#pages.get(phone) ?? new Set();
    this.#pages.set(phone, pages.add(page));
    page.on('close', () => {
      pages.delete(page);
      if (pages.size === 0) this.#pages.delete(phone);
    });
  }

  tell(phone: string, event: string, data: unknown): void {
    for (const page of this.#pages.get(phone) ?? [])
      void write(page, `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  async #follow(): Promise<void> {
    for (let pause = 100; !this.#stopped; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      try {
        this.#stream = this.#store.watch();
        // A page that connected before the stream stood looks for what it missed.
        this.#each((page) => void write(page, 'event: catch-up\ndata: {}\n\n'));
        for await (const change of this.#stream) {
          pause = 100;
          if (change.operationType !== 'insert') continue;
          const message = this.#store.messageOf(change.fullDocument);
          this.tell(message.phone, 'message', message);
        }
      } catch (error) {
        if (!this.#stopped) this.#log.warn({ why: messageOf(error) }, 'live updates are interrupted; trying again');
      }
      if (!this.#stopped) await new Promise((wake) => setTimeout(wake, pause).unref());
    }
  }

  #each(act: (page: Response) => void): void {
    for (const pages of this.#pages.values()) for (const page of pages) act(page);
  }
}

/** Tells a page, if its reader still may: who has signed out since, or has another role, is cut off. */
async function write(page: Response, text: string): Promise<void> {
  const mayStay = page.locals['mayStay'] as (() => Promise<boolean>) | undefined;
  if (mayStay && !(await mayStay())) page.destroy();
  else if (!page.writableEnded) page.write(text);
}
