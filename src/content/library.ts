/** All flows, texts, places and words as the engine looks them up, with old versions of flows fetched when a session needs one. */
import { createHash } from 'node:crypto';
import {
  engineOptions,
  type ActionSpec,
  type EngineOption,
  type EngineWords,
  type Flow,
  type FlowOption,
  type Library,
  type Session,
} from '../engine/index.ts';
import { StartError } from '../shared/errors.ts';
import { createFaq, type Area, type City, type Intent, type Option } from '../understanding/index.ts';
import { compileFlow, loadFlows, type Flows, type FlowSource } from './flows.ts';
import { loadLocales, mainLanguage, type Locales } from './locales.ts';
import { loadFaq } from './faq.ts';
import { loadFigures, type Figure } from './figures.ts';
import { compileStored } from './stored-flow.ts';
import { Rulebook } from './rulebook.ts';
import { loadAreas, loadCities, loadOffice, type Office } from './office.ts';
import { ProgrammeStates } from './programme-states.ts';
import type { z } from 'zod';
import { loadYaml } from './yaml-file.ts';
import { loadOutreachSettings, type OutreachSettings } from './outreach-settings.ts';

/** Where flows of earlier deploys are kept. */
export interface FlowVersions {
  save(sources: readonly FlowSource[]): Promise<void>;
  find(flow: string, version: string): Promise<FlowSource | undefined>;
}

/** Everything that is read from `flows/` and `locales/` at the start. */
export interface Content {
  locales: Locales;
  office: Office;
  outreach: OutreachSettings;
  areas: readonly Area[];
  /** Every kota and kabupaten. */
  cities: readonly City[];
  flows: Flows;
  library: Library;
  /** Whether each programme runs just now. */
  states: ProgrammeStates;
  /** What each programme asks of a person, by date. */
  rules: Rulebook;
  /** Every number that a text names by itself. */
  figures: readonly Figure[];
  /** The flow for the first message of all, for later ones, after a long silence, and from a number that was somebody else’s. */
  home: { first: string; later: string; identify: string; newcomer: string; picture: string };
  /** Words that start a flow when nothing is in progress; the option's id is the flow. */
  keywords: readonly Option[];
  /** Words that start a flow only when nothing else is said. */
  exact: readonly Option[];
  /** Which flow a wish starts that is told in a sentence. */
  intents: Readonly<Partial<Record<Intent, string>>>;
  /** A further file of `flows/`, such as "nib/kbli.yaml". @throws StartError naming file and line. */
  file<T>(path: string, schema: z.ZodType<T>): T;
  /** Which wording of the consent for a purpose is in use: a hash of its texts. */
  consentVersion(purpose: string): string;
  /** Makes sure that `library.version` knows every version that this session needs, as far as it can be found. */
  prepare(session: Session): Promise<void>;
}

/**
 * @param folders `flows` and `locales`
 * @throws StartError naming file, line, node and remedy when anything in them is wrong.
 */
export function loadContent(
  folders: { flows: string; locales: string },
  action: (name: string) => ActionSpec | undefined,
  versions: FlowVersions,
): Content {
  const faq = loadFaq(folders.flows);
  const locales = loadLocales(folders.locales, { faq: Object.fromEntries(faq.map(({ id, answer }) => [id, answer])) });
  const find = createFaq(faq);
  const flows = loadFlows(folders.flows, action);
  const areas = loadAreas(folders.flows);
  const current = new Map(
    flows.sources.map((source) => [source.file.flow, compileFlow(source, flows.programmes, locales)]),
  );
  const old = new Map<string, Flow | undefined>();
  const id = (flow: string, version: string) => `${flow}@${version}`;
  const version = (flow: string, hash: string): Flow | undefined => {
    const newest = current.get(flow);
    return newest?.version === hash ? newest : old.get(id(flow, hash));
  };
  const shared = flows.programmes.find(({ home }) => home !== undefined);
  if (!shared?.home)
    throw new StartError(
      `${folders.flows}/shared/programme.yaml:1: "home" is missing. Name the first and the later flow.`,
    );
  const states = new ProgrammeStates(flows.programmes, locales);
  const office = loadOffice(folders.flows);
  return {
    locales,
    states,
    office,
    rules: new Rulebook({ programmes: flows.programmes, facts: flows.facts, timeZone: office.timeZone }),
    figures: loadFigures(folders.flows),
    outreach: loadOutreachSettings(folders.flows),
    areas,
    cities: loadCities(folders.flows),
    flows,
    library: {
      flow: (flow) => states.gate(current.get(flow), (other) => current.get(other)),
      version,
      action,
      commands: shared.commands,
      words: engineWords(locales),
      areas,
      answerTo(text) {
        const id = find(text);
        return id === null ? undefined : { programme: 'faq', key: id };
      },
    },
    home: shared.home,
    keywords: flows.programmes.flatMap(({ keywords }) =>
      Object.entries(keywords).map(([flow, words]) => ({ id: flow, words })),
    ),
    exact: flows.programmes.flatMap(({ exact }) => Object.entries(exact).map(([flow, words]) => ({ id: flow, words }))),
    intents: shared.intents,
    file: (path, schema) => loadYaml(`${folders.flows}/${path}`, schema).data,
    consentVersion: (purpose) => consentVersion(locales, purpose),
    async prepare(session) {
      for (const frame of session.frames) {
        const key = id(frame.flow, frame.version);
        if (version(frame.flow, frame.version) || old.has(key)) continue;
        const source = await versions.find(frame.flow, frame.version);
        old.set(key, source && compileStored(source, { flows, locales, action }));
      }
    },
  };
}

/** A hash of the consent's wording, so that it can be shown later what was agreed to. */
function consentVersion(locales: Locales, purpose: string): string {
  const keys = locales.keys(mainLanguage, purpose).filter((key) => /\.(?:consent|full)/.test(key));
  const texts = keys.map((key) => locales.text(mainLanguage, purpose, key, {}));
  return createHash('sha256').update(texts.join('\n')).digest('hex').slice(0, 16);
}

function engineWords(locales: Locales): EngineWords {
  const word = (id: EngineOption): FlowOption => {
    const key = `options.engine.${id}`;
    const words = locales.words('shared', key, 'label');
    if (!locales.has(mainLanguage, 'shared', `${key}.label`))
      throw new StartError(`locales/id/shared.json: the label "${key}.label" is missing. Add it.`);
    return { id, words, label: { programme: 'shared', key: `${key}.label` } };
  };
  return Object.fromEntries(engineOptions.map((id) => [id, word(id)])) as Record<EngineOption, FlowOption>;
}
