/** Reads `flows/*`: programmes and their flows, checked and compiled. A broken file stops the start. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import {
  checkFlow,
  flowFileSchema,
  type ActionSpec,
  type Flow,
  type FlowFile,
  type FlowOption,
} from '../engine/index.ts';
import type { z } from 'zod';
import type { FactsFile } from '../rules/index.ts';
import { StartError } from '../shared/errors.ts';
import { mainLanguage, type Locales } from './locales.ts';
import { programmeFileSchema, type ProgrammeFile } from './programme-file.ts';
import { checkRules, loadFacts } from './rulebook.ts';
import { loadYaml, type Loaded } from './yaml-file.ts';

/** A flow file with where it was read. */
export interface FlowSource {
  programme: string;
  file: FlowFile;
  version: string;
}

export interface Flows {
  programmes: readonly ProgrammeFile[];
  facts: FactsFile;
  sources: readonly FlowSource[];
}

type Actions = (name: string) => ActionSpec | undefined;

/**
 * Reads every programme folder.
 * @throws StartError with one line a problem: file, line, node, what is wrong, what to do.
 */
export function loadFlows(folder: string, action: Actions): Flows {
  const files: Loaded<ProgrammeFile>[] = [];
  const loaded: { source: FlowSource; at: Loaded<FlowFile>['at'] }[] = [];
  for (const id of programmeFolders(folder)) {
    const programme = loadYaml(`${folder}/${id}/programme.yaml`, programmeFileSchema as z.ZodType<ProgrammeFile>);
    const { data, at } = programme;
    if (data.programme !== id)
      throw new StartError(
        `${at(['programme'])}: the programme is called "${data.programme}" but its folder "${id}". Name them alike.`,
      );
    files.push(programme);
    for (const name of readdirSync(`${folder}/${id}`)
      .filter((file) => file.endsWith('.flow.yaml'))
      .sort())
      loaded.push(loadFlow(`${folder}/${id}/${name}`, id));
  }
  refuseDoubles(loaded);
  const facts = loadFacts(folder);
  checkRules(files, facts);
  const programmes = files.map(({ data }) => data);
  const ids = new Set(loaded.map(({ source }) => source.file.flow));
  const problems = loaded.flatMap(({ source, at }) =>
    checkFlow(source.file, { flowExists: (id) => ids.has(id), action }).map(
      ({ node, what, remedy }) => `${at(['nodes', node])}: node "${node}" ${what}. Remedy: ${remedy}.`,
    ),
  );
  problems.push(...missingFlows(programmes, ids, folder));
  if (problems.length > 0) throw new StartError(problems.join('\n'));
  return { programmes, facts, sources: loaded.map(({ source }) => source) };
}

function loadFlow(path: string, programme: string) {
  const { data, at } = loadYaml(path, flowFileSchema);
  const version = createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 16);
  return { source: { programme, file: data, version }, at };
}

const programmeFolders = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(`${folder}/${entry.name}/programme.yaml`))
    .map((entry) => entry.name)
    .sort();

function refuseDoubles(loaded: readonly { source: FlowSource; at: Loaded<FlowFile>['at'] }[]): void {
  const seen = new Map<string, string>();
  for (const { source, at } of loaded) {
    const place = at(['flow']);
    const first = seen.get(source.file.flow);
    if (first)
      throw new StartError(
        `${place}: the flow "${source.file.flow}" stands already in ${first}. Give one another name.`,
      );
    seen.set(source.file.flow, place);
  }
}

function missingFlows(programmes: readonly ProgrammeFile[], ids: ReadonlySet<string>, folder: string): string[] {
  return programmes.flatMap(({ programme, menu, keywords, commands, home, spoken, exact, always }) =>
    [
      ...menu.map((entry) => entry.flow),
      ...Object.keys(keywords),
      ...Object.values(commands),
      ...spoken,
      ...always,
      ...Object.keys(exact),
      ...Object.values(home ?? {}),
    ]
      .filter((flow) => !ids.has(flow))
      .map(
        (flow) =>
          `${folder}/${programme}/programme.yaml:1: names the flow "${flow}", which does not exist. Remedy: name a flow that exists.`,
      ),
  );
}

/**
 * A flow with the words of its options in every language.
 * @throws StartError when an option has no label in Indonesian.
 */
export function compileFlow(source: FlowSource, programmes: readonly ProgrammeFile[], locales: Locales): Flow {
  const { programme, file, version } = source;
  const option = (id: string, ns: string, key: string, label: string): FlowOption => {
    const words = locales.words(ns, key, label);
    if (!locales.has(mainLanguage, ns, `${key}.${label}`))
      throw new StartError(
        `locales/id/${ns}.json: the label "${key}.${label}" is missing (flow "${file.flow}"). Add it.`,
      );
    return { id, words, label: { programme: ns, key: `${key}.${label}` } };
  };
  const options: Record<string, readonly FlowOption[]> = { programmes: menuOptions(programmes, option) };
  for (const [list, ids] of Object.entries(file.options ?? {}))
    options[list] = ids.map((id) => option(id, programme, `options.${list}.${id}`, 'label'));
  const fields: Record<string, FlowOption> = {};
  for (const [name, node] of Object.entries(file.nodes))
    if ('ask' in node && node.save !== undefined && locales.has('id', programme, `${file.flow}.${name}.field`))
      fields[name] = option(name, programme, `${file.flow}.${name}`, 'field');
  return {
    id: file.flow,
    programme,
    version,
    start: file.start,
    ...(file.steps !== undefined && { steps: file.steps }),
    nodes: file.nodes,
    options,
    fields,
  };
}

/** The flows that open programmes offer in the main menu, in order. */
function menuOptions(
  programmes: readonly ProgrammeFile[],
  option: (id: string, ns: string, key: string, label: string) => FlowOption,
): FlowOption[] {
  return programmes
    .filter(({ state }) => state === 'open')
    .flatMap(({ programme, menu }) => menu.map((entry) => ({ programme, ...entry })))
    .sort((a, b) => a.order - b.order)
    .map(({ programme, flow }) => option(flow, programme, `menu.${flow}`, 'label'));
}
