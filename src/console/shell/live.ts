/**
 * Live updates: a change stream of the database tells open pages that something they show has changed; they then fetch it
 * anew. So pages of several processes see the same, and nothing personal travels by itself. It is open only while a page is.
 */
import type { Request, Response } from 'express';
import type { Connection, mongo } from 'mongoose';
import { KawanError, messageOf } from '../../shared/errors.ts';
import type { Log } from '../../shared/log.ts';

/** A line that keeps proxies from closing a quiet stream, in milliseconds. */
const KEEP_ALIVE = 20_000;

/** Longest pause before the stream is opened again, in milliseconds. */
const LONGEST_PAUSE = 5_000;

/** What pages may listen to: what waits for staff, and within the talks one person's addresses. */
const topics = ['cases', 'messages'] as const;
export type Topic = (typeof topics)[number];

interface Listener {
  response: Response;
  topics: readonly Topic[];
  /** Only messages of these addresses; all where it is left out. */
  aliases?: readonly string[];
}

interface Change {
  ns: { coll: string };
  fullDocument?: { aliases?: string[] };
}

export class Live {
  readonly #connection: Connection;
  readonly #log: Log;
  readonly #listeners = new Set<Listener>();
  #stream: mongo.ChangeStream | undefined;
  #following = false;
  /** The last page was closed, and with it the stream: no fault. */
  #closed = false;
  #stopped = false;

  constructor(connection: Connection, log: Log) {
    this.#connection = connection;
    this.#log = log;
  }

  /** Answers a page that listens; it is told "cases", "messages" … until it is closed. */
  listen(request: Request, response: Response, about: Omit<Listener, 'response'>): void {
    response
      .set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' })
      .flushHeaders();
    response.write('retry: 2000\n\n');
    const listener = { response, ...about };
    this.#listeners.add(listener);
    const beat = setInterval(() => response.write(': still here\n\n'), KEEP_ALIVE);
    request.on('close', () => {
      clearInterval(beat);
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#closed = true;
      void this.#stream?.close();
    });
    if (!this.#following) void this.#follow();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const { response } of this.#listeners) response.end();
    await this.#stream?.close();
  }

  async #follow(): Promise<void> {
    this.#following = true;
    for (let pause = 100; !this.#stopped && this.#listeners.size > 0; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      try {
        const { db } = this.#connection;
        if (!db) throw new KawanError('The connection has no database yet');
        const stream = db.watch<object, mongo.ChangeStreamDocument & Change>([
          { $match: { 'ns.coll': { $in: topics } } },
          { $project: { ns: 1, operationType: 1, 'fullDocument.aliases': 1 } },
        ]);
        this.#stream = stream;
        this.#closed = false;
        // A page that opened before the stream stood may have missed something.
        this.#tell(() => true, topics);
        for await (const change of stream) {
          pause = 100;
          const aliases = change.fullDocument?.aliases;
          this.#tell(
            (listener) => !listener.aliases || !aliases || aliases.some((alias) => listener.aliases?.includes(alias)),
            [change.ns.coll as Topic],
          );
        }
      } catch (error) {
        if (!this.#stopped && !this.#closed)
          this.#log.warn({ why: messageOf(error) }, 'live updates of the console are interrupted; trying again');
      }
      if (!this.#stopped && this.#listeners.size > 0) await new Promise((wake) => setTimeout(wake, pause).unref());
    }
    this.#following = false;
  }

  #tell(concerns: (listener: Listener) => boolean, changed: readonly Topic[]): void {
    for (const listener of this.#listeners)
      for (const topic of changed)
        if (listener.topics.includes(topic) && concerns(listener))
          listener.response.write(`event: ${topic}\ndata: 1\n\n`);
  }
}
