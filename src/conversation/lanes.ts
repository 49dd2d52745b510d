/** One turn at a time for a contact. Contacts do not wait for each other; a contact's messages keep their order. */

interface Lane {
  tasks: (() => Promise<void>)[];
  aliases: Set<string>;
}

export class Lanes {
  /** By alias; a contact's aliases share one lane while it has work. */
  readonly #lanes = new Map<string, Lane>();
  #busy = 0;
  #idle: (() => void)[] = [];

  /** Runs the task after all earlier ones of any of these aliases. The task must not throw. */
  push(aliases: readonly string[], task: () => Promise<void>): void {
    const lane = this.#find(aliases);
    if (lane) {
      this.#name(lane, aliases);
      lane.tasks.push(task);
      return;
    }
    const fresh: Lane = { tasks: [task], aliases: new Set() };
    this.#name(fresh, aliases);
    void this.#work(fresh);
  }

  /** Resolves when nothing waits and nothing is being handled. */
  async idle(): Promise<void> {
    if (this.#busy > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  #find(aliases: readonly string[]): Lane | undefined {
    for (const alias of aliases) {
      const lane = this.#lanes.get(alias);
      if (lane) return lane;
    }
    return undefined;
  }

  #name(lane: Lane, aliases: readonly string[]): void {
    for (const alias of aliases) {
      if (this.#lanes.has(alias)) continue;
      lane.aliases.add(alias);
      this.#lanes.set(alias, lane);
    }
  }

  async #work(lane: Lane): Promise<void> {
    this.#busy++;
    for (let task = lane.tasks[0]; task; task = lane.tasks[0]) {
      await task();
      lane.tasks.shift();
    }
    for (const alias of lane.aliases) this.#lanes.delete(alias);
    this.#busy--;
    if (this.#busy === 0) this.#idle.splice(0).forEach((resolve) => resolve());
  }
}
