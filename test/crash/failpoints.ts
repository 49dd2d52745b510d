/**
 * Every call to the driver and to the channel passes here and is counted. At the chosen one the process kills itself with
 * SIGKILL: before the call leaves, when it has left and nothing came back, or when its answer is there.
 */
import type { mongo } from 'mongoose';
import type { Channel } from '../../src/channels/channel.ts';

export const phases = ['before', 'sent', 'after'] as const;
export type Phase = (typeof phases)[number];

export interface Target {
  number: number;
  phase: Phase;
}

export class Failpoints {
  readonly #target: Target | undefined;
  readonly #labels: string[] = [];

  constructor(target: Target | undefined) {
    this.#target = target;
  }

  /** What was called so far, in order. */
  get labels(): readonly string[] {
    return this.#labels;
  }

  /**
   * Arms every command of this client. Left out: the driver's own talk (hello, ping) and the worker's sign of life, which
   * come by the clock and not by the conversation; the first sign of life is counted.
   */
  armDriver(client: mongo.MongoClient): void {
    const numbers = new Map<number, number>();
    let alive = false;
    client.on('commandStarted', ({ requestId, commandName, command }) => {
      const collection = String((command as Record<string, unknown>)[commandName]);
      if (['hello', 'ping', 'endSessions'].includes(commandName)) return;
      if (collection === 'workers' && commandName === 'update') {
        if (alive) return;
        alive = true;
      }
      numbers.set(requestId, this.#begin(`${commandName} ${collection}`));
    });
    const ended = ({ requestId }: { requestId: number }) => {
      const number = numbers.get(requestId);
      if (number !== undefined) this.#die(number, 'after');
    };
    client.on('commandSucceeded', ended);
    client.on('commandFailed', ended);
  }

  /** The same channel, each call to it counted. */
  armChannel(channel: Channel): Channel {
    const watched = new Set(['start', 'send', 'sentAmong']);
    return new Proxy(channel, {
      get: (target, name) => {
        const value = Reflect.get(target, name) as unknown;
        if (typeof value !== 'function') return value;
        if (!watched.has(String(name))) return value.bind(target) as unknown;
        return async (...values: unknown[]) => {
          const number = this.#begin(`channel ${String(name)}`);
          const result: unknown = await Reflect.apply(value, target, values);
          this.#die(number, 'after');
          return result;
        };
      },
    });
  }

  #begin(label: string): number {
    this.#labels.push(label);
    const number = this.#labels.length;
    this.#die(number, 'before');
    // The bytes leave in this very tick; in the next one the call is on its way and unanswered.
    if (this.#is(number, 'sent')) setImmediate(() => process.kill(process.pid, 'SIGKILL'));
    return number;
  }

  #die(number: number, phase: Phase): void {
    if (this.#is(number, phase)) process.kill(process.pid, 'SIGKILL');
  }

  #is = (number: number, phase: Phase): boolean => this.#target?.number === number && this.#target.phase === phase;
}
