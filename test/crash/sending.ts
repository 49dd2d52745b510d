/** A process that sends, as the crash run of broadcasts sees it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { BroadcastOrders } from './broadcast-child.ts';

/** Killed, it is started again at once. */
export class Sending {
  readonly #program: string;
  readonly #orders: BroadcastOrders;
  #child: ChildProcess | undefined;

  constructor(program: string, orders: BroadcastOrders) {
    this.#program = program;
    this.#orders = orders;
  }

  async start(): Promise<void> {
    // The clock goes on where the world's is, not where the first process began.
    const orders = { ...this.#orders, now: this.#orders.now + performance.now() };
    const child = spawn(process.execPath, [this.#program, JSON.stringify(orders)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#child = child;
    for await (const line of createInterface({ input: child.stdout })) if (line === 'ready') break;
    child.stdout.resume();
  }

  async restart(): Promise<void> {
    const ended = new Promise((resolve) => this.#child?.once('exit', resolve));
    this.stop();
    await ended;
    await this.start();
  }

  stop(): void {
    this.#child?.kill('SIGKILL');
  }
}
