/** A process of the product, as its parent sees it. */
import { fork, type ChildProcess } from 'node:child_process';
import type { Look, Orders, Report } from './child.ts';
import type { Line } from './expected.ts';

/** What it sends is written down in `sent`. A second process may be killed and started again at any time. */
export class Process {
  readonly #orders: Orders;
  readonly #sent: Line[];
  #child: ChildProcess | undefined;
  #heard: (report: Report) => void = () => undefined;

  constructor(orders: Orders, sent: Line[]) {
    this.#orders = orders;
    this.#sent = sent;
  }

  async start(): Promise<void> {
    const child = fork('test/year/child.ts', [JSON.stringify(this.#orders)], { execArgv: ['--import', 'tsx'] });
    this.#child = child;
    child.on('message', (report: Report) => this.#hear(report));
    child.on('exit', (code) => this.#heard({ failed: `it ended with ${String(code)}` }));
    await this.#until((report) => 'ready' in report);
  }

  async look(now: number): Promise<void> {
    this.#child?.send({ now } satisfies Look);
    await this.#until((report) => 'done' in report);
  }

  async restart(): Promise<void> {
    this.stop();
    await this.start();
  }

  stop(): void {
    this.#child?.removeAllListeners();
    this.#child?.kill('SIGKILL');
  }

  #hear(report: Report): void {
    if ('sent' in report) {
      // "d:<kind>:<thing>:<person>:<slot>/<message>": of several messages the first counts.
      const [id = '', number] = report.sent.split('/');
      const [, kind = '', thing = '', ...rest] = id.split(':');
      const slot = rest.pop() ?? '';
      if (number === '1') this.#sent.push({ kind, thing, person: rest.join(':'), slot, at: report.at });
    } else this.#heard(report);
  }

  #until(wanted: (report: Report) => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#heard = (report) => {
        if ('failed' in report) reject(new Error(report.failed));
        else if (wanted(report)) resolve();
      };
    });
  }
}
