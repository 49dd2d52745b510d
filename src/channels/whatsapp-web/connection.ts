/** The connection: runs sessions through the states of `machine.ts`, doubts what they say, and starts again for ever. */
import type { Page } from 'puppeteer';
import { HOUR, MINUTE, type Clock } from '../../shared/clock.ts';
import { messageOf } from '../../shared/errors.ts';
import { until, within } from '../../shared/limit.ts';
import type { Log } from '../../shared/log.ts';
import type { Lease } from './lease.ts';
import { isOfLibrary, type LibraryClient, type StandIn } from './library.ts';
import { hasBrowser, next, restAfter, type Event, type State, type Timing } from './machine.ts';
import { Narrator } from './narrator.ts';
import { brokenCalls, look, passDialog, shimKeys, type Broken } from './page.ts';
import { Session } from './session.ts';

/** After so many failures in a row staff are told, and again after as many. */
const TELL_AFTER = 5;

/** So often in an hour WhatsApp Web was open elsewhere: staff are told. */
const TELL_CONFLICTS = 3;

/** Nobody has written or been written to for so long: the browser may be started afresh. Milliseconds. */
const IDLE = MINUTE;

/** For so long after `ready` a dialog is looked for that logs new devices out when nobody presses its button. */
const DIALOGS = 6 * MINUTE;

export interface ConnectionParts {
  folder: string;
  program: string;
  phone?: string | undefined;
  standIn?: StandIn | undefined;
  /** Who else may hold the number; none for `npm run pair`. */
  lease?: Lease;
  clock: Clock;
  log: Log;
  timing: Timing;
  chance(): number;
  /** Megabytes above which an idle browser is started afresh. */
  memory: number;
  /** A new client: the others' listeners are attached here. */
  listen(client: LibraryClient): void;
  /** Messages come and go; also when they do so again. */
  ready(): void;
  /** A code to pair with is to be shown: a picture's text, or eight letters to type. */
  code(code: string, how: 'picture' | 'letters'): void;
  /** When something was last received or sent, milliseconds since the epoch. */
  lastActivity(): number;
  alert(kind: string): void;
  changed(): void;
}

export class Connection {
  readonly #parts: ConnectionParts;
  #state: State = 'off';
  #since: number;
  #why = '';
  #session: Session | undefined;
  #online = false;
  #number: string | undefined;
  #failures = 0;
  /** When WhatsApp Web was found open elsewhere, in the last hour. */
  #conflicts: number[] = [];
  readonly #narrator: Narrator;
  #deadline: NodeJS.Timeout | undefined;
  #probe: NodeJS.Timeout | undefined;
  #closing: Promise<void> = Promise.resolve();
  /** What the self-test found missing in the page. */
  broken: readonly Broken[] = [];

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    this.#since = parts.clock.now();
    this.#narrator = new Narrator(parts.log, parts.clock);
  }

  get state(): State {
    return this.#state;
  }
  get why(): string {
    return this.#why;
  }
  get since(): number {
    return this.#since;
  }

  /** Whether a send has a chance. */
  get isConnected(): boolean {
    return this.#state === 'ready' && this.#online && !this.broken.some(({ essential }) => essential);
  }

  /** The client, while messages come and go. */
  get client(): LibraryClient | undefined {
    return this.isConnected ? this.#session?.client : undefined;
  }

  /** The office's own number, once it is linked. */
  get number(): string | undefined {
    return this.#number;
  }

  start(): void {
    this.#on('start');
  }

  async stop(): Promise<void> {
    this.#on('stop');
    await this.#closing;
    try {
      await this.#parts.lease?.release();
    } catch (error) {
      // It runs out by itself.
      this.#parts.log.warn({ why: messageOf(error) }, 'the number could not be given back');
    }
  }

  /** An error that nobody awaited: whether it came from here. */
  absorbs(error: unknown): boolean {
    if (!isOfLibrary(error)) return false;
    this.#on('failed', messageOf(error));
    return true;
  }

  /** The one place where the state changes. */
  #on(event: Event, why = ''): void {
    const from = this.#state;
    const to = next(from, event);
    if (to === from) return;
    clearTimeout(this.#deadline);
    this.#state = to;
    this.#since = this.#parts.clock.now();
    this.#why = why;
    if (hasBrowser(from) && !hasBrowser(to)) this.#end(to === 'unlinked');
    this.#enter(to, event);
    this.#narrator.say(from, to, why, this.#failures);
    this.#parts.changed();
  }

  #enter(state: State, event: Event): void {
    const { timing, alert, ready } = this.#parts;
    switch (state) {
      case 'standby':
        return void this.#waitForLease();
      case 'starting':
        this.#after(timing.start, () => this.#on('failed', 'WhatsApp Web did not open in time'));
        return void this.#launch();
      case 'pairing':
        return this.#after(timing.pairing, () => this.#on('failed', 'nobody used the code'));
      case 'syncing':
        return this.#after(timing.ready, () =>
          this.#on('failed', this.#session?.pageError || 'WhatsApp Web did not get ready'),
        );
      case 'ready':
        this.#watch();
        return ready();
      case 'resting':
        return this.#rest(event);
      case 'unlinked':
        return alert('whatsapp_unlinked');
      case 'refused':
        return alert('whatsapp_refused');
      case 'off':
    }
  }

  #rest(event: Event): void {
    const { timing, chance, alert, clock } = this.#parts;
    if (event !== 'fresh start') this.#failures++;
    if (this.#failures > 0 && this.#failures % TELL_AFTER === 0) alert('whatsapp_stuck');
    // Each start takes the number from whoever has WhatsApp Web open elsewhere: a few times an hour, not more.
    if (event === 'conflict') this.#conflicts.push(clock.now());
    this.#conflicts = this.#conflicts.filter((at) => clock.now() - at < HOUR);
    if (event === 'conflict' && this.#conflicts.length >= TELL_CONFLICTS) alert('whatsapp_conflict');
    const times = event === 'conflict' ? this.#conflicts.length : this.#failures;
    this.#after(restAfter(times, event, timing, chance()), () => this.#on('rested'));
  }

  #after(ms: number, act: () => void): void {
    this.#deadline = setTimeout(act, ms).unref();
  }

  async #waitForLease(): Promise<void> {
    try {
      // The browser of before must be gone before another process may start one.
      await this.#closing;
      await this.#parts.lease?.take(() => this.#on('lease lost', 'another process holds the number'));
      this.#on('leased');
    } catch (error) {
      if (this.#state !== 'standby') return;
      this.#parts.log.warn({ why: messageOf(error) }, 'the number could not be taken; trying again');
      this.#after(this.#parts.timing.rest, () => void this.#waitForLease());
    }
  }

  async #launch(): Promise<void> {
    const { folder, program, phone, standIn, listen, log } = this.#parts;
    await this.#closing;
    if (this.#state !== 'starting') return;
    const session: Session = new Session({
      ...{ folder, program, phone, standIn, log },
      happened: (event, why) => this.#on(event, why),
      pageState: (state) => this.#pageState(state),
      code: (code, how) => this.#showCode(code, how),
      libraryReady: (page) => void this.#libraryReady(session, page),
    });
    this.#session = session;
    listen(session.client);
    session.start();
  }

  /** A code that comes when the device is linked already is an old one. Each new one has its own time. */
  #showCode(code: string, how: 'picture' | 'letters'): void {
    if (this.#state !== 'starting' && this.#state !== 'pairing') return;
    this.#on('code shown');
    clearTimeout(this.#deadline);
    this.#enter('pairing', 'code shown');
    this.#parts.code(code, how);
  }

  #pageState(state: string): void {
    const online = state === 'CONNECTED';
    if (online === this.#online) return;
    this.#online = online;
    this.#parts.changed();
    if (online && this.#state === 'ready') this.#parts.ready();
  }

  /** `ready` proves nothing: the listeners must stand, and what we call in the page must be there. */
  async #libraryReady(session: Session, page: Page): Promise<void> {
    const { log, alert, timing } = this.#parts;
    try {
      // It may be said once more while the listeners are still being attached.
      await until(() => session.attached, timing.probe, 'attaching listeners');
    } catch (error) {
      if (this.#session === session) this.#on('failed', session.pageError || messageOf(error));
      return;
    }
    try {
      await within(shimKeys(page), timing.probe, 'the shim of message keys');
      this.broken = await within(brokenCalls(page), timing.probe, 'the self-test');
      this.#online = (await within(look(page), timing.probe, 'the first probe')).state === 'CONNECTED';
    } catch (error) {
      if (this.#session === session) this.#on('failed', messageOf(error));
      return;
    }
    if (this.#session !== session) return;
    for (const { name, missing } of this.broken)
      log.error({ missing }, `WhatsApp Web has changed: ${name} does not work`);
    if (this.broken.some(({ essential }) => essential)) alert('whatsapp_broken');
    // Kept while a new browser starts: it is the device's, not the page's.
    this.#number = (session.client.info as { wid?: { user?: string } } | undefined)?.wid?.user ?? this.#number;
    this.#on('ready');
    this.#parts.changed();
  }

  /** While messages come and go: asks the page whether it still lives, and looks after dialogs and memory. */
  #watch(): void {
    const { clock, timing } = this.#parts;
    const session = this.#session;
    const dialogsUntil = clock.now() + DIALOGS;
    const turn = async (): Promise<void> => {
      if (!session || this.#session !== session || this.#state !== 'ready') return;
      try {
        await this.#ask(session, clock.now() < dialogsUntil);
      } catch (error) {
        if (this.#session === session) this.#on('failed', messageOf(error));
      }
      this.#probe = setTimeout(() => void turn(), timing.probeEvery).unref();
    };
    clearTimeout(this.#probe);
    void turn();
  }

  async #ask(session: Session, dialogs: boolean): Promise<void> {
    const { timing, log, clock, memory, lastActivity, alert } = this.#parts;
    const { page } = session;
    if (!page) return;
    const { state, helpers } = await within(look(page), timing.probe, 'the page’s answer');
    if (!helpers) return this.#on('failed', 'the library is no longer in the page');
    this.#pageState(state);
    if (clock.now() - this.#since > timing.steady) this.#failures = 0;
    const dialog = dialogs ? await within(passDialog(page), timing.probe, 'looking for a dialog') : undefined;
    if (dialog && !dialog.passed) alert('whatsapp_dialog');
    if (dialog?.passed === true) log.info('a dialog of WhatsApp Web was passed');
    const used = await within(session.megabytes(), timing.probe, 'measuring the browser');
    const idle = clock.now() - lastActivity() > Math.min(IDLE, timing.probeEvery * 2);
    if (used > memory && idle) this.#on('fresh start', `the browser uses ${Math.round(used)} MB`);
  }

  #end(forget: boolean): void {
    clearTimeout(this.#probe);
    this.#online = false;
    const session = this.#session;
    this.#session = undefined;
    if (session) this.#closing = session.close(forget);
  }
}
