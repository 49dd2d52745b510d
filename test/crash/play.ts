/** One conversation of several contacts at once with the product, which may die in the middle and is then started again. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';
import { createConnection } from 'mongoose';
import type { Orders, Report } from './child.ts';
import type { Target } from './failpoints.ts';
import { Phones } from './phone.ts';

/** Several talk at once, so that bulk writes carry more than one. */
const contacts = ['crash:1', 'crash:2', 'crash:3'];

/**
 * What each of them sends, and after how many messages they send the next. "lewati" brings two: the next answer comes
 * before the second one has arrived. The last one asks for a person, which opens a case.
 */
const script: readonly { text: string; back: number }[] = [
  { text: 'Assalamualaikum', back: 2 },
  { text: 'iya', back: 1 },
  { text: 'Siti Aminah', back: 1 },
  { text: '1 dan 2', back: 1 },
  { text: 'palam', back: 1 },
  { text: '2', back: 1 },
  { text: 'Melati', back: 1 },
  { text: 'lewati', back: 1 },
  { text: 'iya', back: 2 },
  { text: 'petugas', back: 1 },
];

/** Far beyond what a restart and a resend need; only a lost message takes as long. */
const PATIENCE = 15_000;

/** In place of the minute of the delivery promise, so that a run of many kills ends. */
const RESEND_AFTER = 400;

export interface Outcome {
  texts: Record<string, string[]>;
  stored: Record<string, unknown>;
  labels: readonly string[];
  kills: number;
  /** Every answer came within patience. */
  complete: boolean;
}

/** The database server, and the child's program. */
export interface Place {
  uri: string;
  child: string;
}

/**
 * @param wanted how many messages an undisturbed run brings each contact. The product is asked to stop when they are there:
 * what a kill left unknown is sent again in its time, and an earlier stop would leave it to the next start.
 */
export async function play(place: Place, name: string, target?: Target, wanted = 0): Promise<Outcome> {
  const uri = place.uri.replace(/\/[^/?]*\?/, `/crash_${name}?`);
  const phones = new Phones();
  const game = new Game(place.child, {
    uri,
    phones: await phones.start(),
    resendAfter: RESEND_AFTER,
    ...(target && { target }),
  });
  try {
    await game.start();
    let complete = true;
    for (const [step, { text, back }] of script.entries()) {
      const before = contacts.map((contact) => phones.of(contact).length);
      for (const contact of contacts) game.deliver({ contact, step, text });
      const enough = () => contacts.every((contact, index) => phones.of(contact).length >= (before[index] ?? 0) + back);
      complete = await game.until(() => enough() && game.allAccepted(), phones);
      if (!complete) break;
    }
    await game.until(() => contacts.every((contact) => phones.of(contact).length >= wanted), phones);
    await game.finish();
    return {
      texts: Object.fromEntries(contacts.map((contact) => [contact, phones.of(contact).map(({ text }) => text)])),
      stored: await storedIn(uri),
      labels: game.labels,
      kills: game.kills,
      complete,
    };
  } finally {
    game.abandon();
    await phones.stop();
  }
}

interface Delivery {
  contact: string;
  step: number;
  text: string;
}

/** The product's process; one that was killed is started again at once, and what it did not acknowledge is delivered again. */
class Game {
  readonly #program: string;
  readonly #orders: Orders;
  readonly #open = new Map<string, Delivery>();
  #child: ChildProcessWithoutNullStreams | undefined;
  #ready = false;
  #finishing = false;
  #changed: (() => void)[] = [];
  #ended: Promise<void> = Promise.resolve();
  kills = 0;
  labels: readonly string[] = [];

  constructor(program: string, orders: Orders) {
    this.#program = program;
    this.#orders = orders;
  }

  async start(): Promise<void> {
    this.#launch(this.#orders);
    await this.until(() => this.#ready);
  }

  deliver(delivery: Delivery): void {
    this.#open.set(`${delivery.contact}/${delivery.step}`, delivery);
    if (this.#ready) this.#write(delivery);
  }

  allAccepted = (): boolean => this.#open.size === 0;

  /** Waits for a condition, looked at whenever something happens. False when patience runs out. */
  async until(condition: () => boolean, phones?: Phones): Promise<boolean> {
    const deadline = AbortSignal.timeout(PATIENCE);
    const late = new Promise<void>((resolve) => deadline.addEventListener('abort', () => resolve()));
    while (!condition() && !deadline.aborted)
      await Promise.race([
        new Promise<void>((resolve) => this.#changed.push(resolve)),
        ...(phones ? [phones.next()] : []),
        late,
      ]);
    return condition();
  }

  /** An orderly stop; a kill that strikes in it is followed by one more start and stop. */
  async finish(): Promise<void> {
    this.#finishing = true;
    for (;;) {
      const kills = this.kills;
      await this.until(() => this.#ready);
      this.#child?.stdin.write('end\n');
      await this.#ended;
      if (this.kills === kills) return;
      await this.until(() => this.#ready);
    }
  }

  abandon(): void {
    this.#child?.kill('SIGKILL');
  }

  #launch(orders: Orders): void {
    const child = spawn(process.execPath, [this.#program, JSON.stringify(orders)], {
      stdio: 'pipe',
    });
    this.#child = child;
    this.#ready = false;
    child.stderr.pipe(process.stderr);
    // A write that meets a dying process is delivered again after the restart.
    child.stdin.on('error', () => this.#wake());
    createInterface({ input: child.stdout }).on('line', (line) => this.#hear(line));
    this.#ended = new Promise((resolve) =>
      child.once('exit', (_code, signal) => {
        this.#ready = false;
        if (signal === 'SIGKILL') {
          this.kills++;
          const { target: _target, ...calm } = this.#orders;
          this.#launch(calm);
        }
        this.#wake();
        resolve();
      }),
    );
  }

  #hear(line: string): void {
    if (!line.startsWith('{')) return;
    const report = JSON.parse(line) as Report;
    if ('ready' in report) {
      this.#ready = true;
      if (!this.#finishing) for (const delivery of this.#open.values()) this.#write(delivery);
    } else if ('accepted' in report) this.#open.delete(report.accepted);
    else if ('labels' in report) this.labels = report.labels;
    this.#wake();
  }

  #write({ contact, step, text }: Delivery): void {
    const message = {
      channel: 'crash',
      externalId: `${contact}/${step}`,
      aliases: [contact],
      kind: 'text',
      text,
      at: 0,
    };
    this.#child?.stdin.write(`${JSON.stringify(message)}\n`);
  }

  #wake(): void {
    this.#changed.splice(0).forEach((wake) => wake());
  }
}

/** What must be the same in every run: how many records there are, and that nothing stays open. */
async function storedIn(uri: string): Promise<Record<string, unknown>> {
  const connection = await createConnection(uri).asPromise();
  try {
    const count = (collection: string) => connection.collection(collection).countDocuments();
    const people = await connection.collection('persons').find({}).sort({ contact: 1 }).toArray();
    const conversations = await connection.collection('conversations').find({}).sort({ _id: 1 }).toArray();
    const states = conversations.flatMap(({ outbox }) =>
      Object.values(outbox as Record<string, { state: string }>).map(({ state }) => state),
    );
    return {
      persons: people.map(({ contact, number }) => `${contact as string} ${number as string}`),
      groups: await count('groups'),
      consents: await count('consents'),
      cases: await count('cases'),
      handled: conversations.map(({ handled }) => Object.values(handled as Record<string, number[]>).flat().length),
      open: states.filter((state) => state !== 'confirmed').length,
    };
  } finally {
    await connection.dropDatabase();
    await connection.close();
  }
}
