/**
 * All rules of all programmes, and what holds at an instant: the files and, over them, what the office has published. What
 * holds is worked out once a day and again when something is published.
 */
import { DateTime } from 'luxon';
import { factsFileSchema, holding, strangeIn, type FactsFile, type Held, type Published } from '../rules/index.ts';
import { StartError } from '../shared/errors.ts';
import { daysRule, rulesOf, type ProgrammeFile } from './programme-file.ts';
import { loadYaml, type Loaded } from './yaml-file.ts';

/** @throws StartError naming file and line. */
export const loadFacts = (folder: string): FactsFile => loadYaml(`${folder}/shared/facts.yaml`, factsFileSchema).data;

/** @throws StartError naming file and line where a rule asks for what nobody knows, or two rules have one name. */
export function checkRules(programmes: readonly Loaded<ProgrammeFile>[], facts: FactsFile): void {
  const problems: string[] = [];
  const seen = new Map(
    programmes
      .filter(({ data }) => data.application)
      .map(({ data, at }) => [daysRule(data.programme), at(['application', 'days'])]),
  );
  for (const { data, at } of programmes)
    data.rules.forEach((rule, index) => {
      const place = at(['rules', index, 'rule']);
      const first = seen.get(rule.rule);
      if (first) problems.push(`${place}: the rule "${rule.rule}" stands already in ${first}. Give one another name.`);
      seen.set(rule.rule, place);
      for (const { path, message } of strangeIn(rule, facts))
        problems.push(`${at(['rules', index, ...path])}: ${message}. Mend this condition.`);
    });
  if (problems.length > 0) throw new StartError(problems.join('\n'));
}

export interface RulebookParts {
  programmes: readonly ProgrammeFile[];
  facts: FactsFile;
  /** The office's time zone: a day is the office's own. */
  timeZone: string;
}

export class Rulebook {
  readonly #parts: RulebookParts;
  #production = false;
  #published: readonly Published[] = [];
  #day = '';
  #held: ReadonlyMap<string, Held> = new Map();

  constructor(parts: RulebookParts) {
    this.#parts = parts;
  }

  get facts(): FactsFile {
    return this.#parts.facts;
  }

  /** Steps in the order in which they are best taken. */
  get steps(): readonly string[] {
    return Object.keys(this.#parts.facts.steps);
  }

  /** The programme that a rule belongs to. */
  programmeOf(rule: string): string | undefined {
    return this.#parts.programmes.find((one) => rulesOf(one).some((its) => its.rule === rule))?.programme;
  }

  /** What the office has published up to now, all of it. Where people are served, examples do not count. */
  replace(published: readonly Published[], production: boolean): void {
    this.#published = published;
    this.#production = production;
    this.#day = '';
  }

  /** The office's own day of an instant: "2026-11-25". */
  dayOf(now: number): string {
    return DateTime.fromMillis(now, { zone: this.#parts.timeZone }).toISODate() ?? '';
  }

  /** Every rule that holds on the day of an instant. */
  at(now: number): ReadonlyMap<string, Held> {
    const date = this.dayOf(now);
    if (date !== this.#day) {
      this.#held = this.on(date, this.#published, this.#production);
      this.#day = date;
    }
    return this.#held;
  }

  /** The same for any day and anything published. */
  on(date: string, published: readonly Published[], production: boolean): ReadonlyMap<string, Held> {
    const rules = this.#parts.programmes.flatMap(rulesOf);
    return new Map(
      rules.flatMap((rule) => {
        const held = holding(rule, { date, production }, published);
        return held ? [[rule.rule, held] as const] : [];
      }),
    );
  }

  /** @throws StartError where no such rule holds at that instant: a name in our code that the files do not know. */
  rule(name: string, now: number): Held {
    const held = this.at(now).get(name);
    if (!held)
      throw new StartError(`No rule "${name}" holds on ${this.dayOf(now)}. Add a version to its programme.yaml.`);
    return held;
  }
}
