/** What must hold of all flows together: every flow is reached, every node can be left, nothing circles in silence. */
import type { Content } from '../content/library.ts';
import { targetsOf, type Flow, type FlowNode, type FlowOption } from '../engine/index.ts';
import { readCommand, type Command } from '../understanding/index.ts';

export interface FlowFinding {
  file: string;
  node: string;
  rule: string;
  better: string;
}

/** WhatsApp's longest label of a button. */
const LABEL = 20;

/** Options of the engine, and flows, that do what a global word does. */
const same: Readonly<Partial<Record<Command, readonly string[]>>> = {
  human: ['human', 'person'],
  repeat: ['again'],
  language: ['language', 'id', 'bjn'],
  help: ['information', 'more'],
  menu: ['menu'],
  stop: ['stop', 'form', 'all'],
  delete_data: ['erase'],
  cancel: ['cancel'],
  start: ['again', 'resume', 'nothing'],
  status: ['card', 'status'],
};

type Rule = (flow: Flow, content: Content) => Omit<FlowFinding, 'file'>[];

/** More would be shown page by page, and the last ones would hardly be seen (conversation rule 1). */
const OPTIONS = 5;

const rules: readonly Rule[] = [
  fewOptions,
  textsExist,
  everyNodeCanBeLeft,
  nothingCircles,
  labelsFit,
  wordsDoNotClash,
  silenceIsMarked,
];

export function checkFlows(content: Content): FlowFinding[] {
  const flows = content.flows.sources.flatMap(({ file }) => content.library.flow(file.flow) ?? []);
  const within = flows.flatMap((flow) =>
    rules.flatMap((rule) => rule(flow, content).map((finding) => ({ file: fileOf(flow), ...finding }))),
  );
  return [...within, ...unreachableFlows(flows, content), ...wayToPerson(content)];
}

const fileOf = ({ programme, id }: Flow): string => `flows/${programme}/${id}.flow.yaml`;

const nodesOf = (flow: Flow): [string, FlowNode][] => Object.entries(flow.nodes);

/** Texts that the engine will ask for, in Indonesian. */
function textsExist(flow: Flow, { locales }: Content): Omit<FlowFinding, 'file'>[] {
  return nodesOf(flow).flatMap(([name, node]) =>
    keysOf(flow, name, node)
      .filter((key) => !locales.has('id', flow.programme, key))
      .map((key) => ({
        node: name,
        rule: `teks "${key}" belum ada`,
        better: `Tulis di locales/id/${flow.programme}.json`,
      })),
  );
}

function keysOf(flow: Flow, name: string, node: FlowNode): string[] {
  const at = `${flow.id}.${name}`;
  if ('say' in node) return node.say === true ? [at] : node.say.map((text) => `${flow.id}.${text}`);
  if (!('ask' in node)) return [];
  const where = flow.steps === undefined ? [] : [`${flow.id}.where`];
  return [`${at}.ask`, `${at}.example`, `${at}.simple`, ...(node.save === undefined ? [] : [`${at}.echo`]), ...where];
}

/** Leads out: an end, another flow, or a chosen one. */
const leavesFlow = (node: FlowNode): boolean => 'end' in node || 'goto' in node;

function everyNodeCanBeLeft(flow: Flow): Omit<FlowFinding, 'file'>[] {
  const leading = new Set(
    nodesOf(flow)
      .filter(([, node]) => leavesFlow(node))
      .map(([name]) => name),
  );
  for (let before = -1; before < leading.size;) {
    before = leading.size;
    for (const [name, node] of nodesOf(flow))
      if (targetsOf(node).some((target) => leading.has(target))) leading.add(name);
  }
  return nodesOf(flow)
    .filter(([name]) => !leading.has(name))
    .map(([name]) => ({
      node: name,
      rule: 'dari sini tidak ada jalan keluar',
      better: 'Beri jalan ke "end" atau ke alur lain',
    }));
}

/** A circle of nodes that ask nothing would run until the engine gives up. */
function nothingCircles(flow: Flow): Omit<FlowFinding, 'file'>[] {
  const silent = (name: string): string[] => {
    const node = flow.nodes[name];
    return node && !('ask' in node) ? targetsOf(node) : [];
  };
  return nodesOf(flow)
    .filter(([name]) => reaches(name, name, silent))
    .map(([name]) => ({
      node: name,
      rule: 'berputar tanpa bertanya',
      better: 'Taruh pertanyaan di dalam putaran, atau akhiri',
    }));
}

function reaches(from: string, to: string, next: (name: string) => readonly string[]): boolean {
  const seen = new Set<string>();
  const open = [...next(from)];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (name === to) return true;
    if (!seen.has(name)) open.push(...next(name));
    seen.add(name);
  }
  return false;
}

const optionsOf = (flow: Flow): [string, FlowOption][] =>
  Object.entries(flow.options).flatMap(([list, options]) =>
    options.map((option): [string, FlowOption] => [list, option]),
  );

function fewOptions(flow: Flow): Omit<FlowFinding, 'file'>[] {
  return Object.entries(flow.options)
    .filter(([, options]) => options.length > OPTIONS)
    .map(([list, options]) => ({
      node: list,
      rule: `menawarkan ${options.length} pilihan; paling banyak ${OPTIONS}`,
      better: 'Gabungkan yang mirip, atau tanyakan dalam dua langkah',
    }));
}

function labelsFit(flow: Flow, { locales }: Content): Omit<FlowFinding, 'file'>[] {
  return optionsOf(flow).flatMap(([list, { id, label }]) =>
    locales.languages
      .filter((language) => locales.has(language, label.programme, label.key))
      .map((language) => locales.text(language, label.programme, label.key, {}))
      .filter((text) => text.length > LABEL)
      .map((text) => ({
        node: list,
        rule: `pilihan "${id}" berbunyi "${text}": ${text.length} huruf, paling banyak ${LABEL}`,
        better: 'Pendekkan supaya muat di tombol',
      })),
  );
}

/** A word of an option that is a global word is obeyed as such when the option is not on the screen. */
function wordsDoNotClash(flow: Flow): Omit<FlowFinding, 'file'>[] {
  return optionsOf(flow).flatMap(([list, { id, words }]) =>
    words.flatMap((word) => {
      const command = readCommand(word);
      if (command === null || same[command]?.includes(id)) return [];
      return [
        {
          node: list,
          rule: `kata "${word}" untuk pilihan "${id}" juga perintah "${command}"`,
          better: 'Pakai kata lain',
        },
      ];
    }),
  );
}

/** How a text says that we are silent from now on, Indonesian and Banjarese. */
const silences = [
  { word: /^(?:tidak|kada|tanpa)$/, within: 3, then: /^(?:kirim|m[ae]ngirimi?|menghubungi|mahubungi)$/ },
  { word: /^pesan/, within: 2, then: /^(?:berhenti|baampih|ampih)$/ },
];

/** Whether one word comes so soon behind another, with no sign between. */
function saysSilence(text: string): boolean {
  const parts = text.toLowerCase().split(/[^a-z\s]/);
  return parts.some((part) => {
    const words = part.split(/\s/).filter((word) => word !== '');
    return silences.some(({ word, within, then }) =>
      words.some((one, at) => word.test(one) && words.slice(at + 1, at + 1 + within).some((next) => then.test(next))),
    );
  });
}

/** Such a text stands in a node that is marked, and the flow check sees that silence has been kept before it. */
function silenceIsMarked(flow: Flow, { locales }: Content): Omit<FlowFinding, 'file'>[] {
  return nodesOf(flow).flatMap(([name, node]) =>
    'say' in node && node.silence === true
      ? []
      : keysOf(flow, name, node)
          .filter((key) => locales.languages.some((language) => says(locales, language, flow.programme, key)))
          .map((key) => ({
            node: name,
            rule: `teks "${key}" bilang tidak ada pesan lagi`,
            better: 'Taruh di belakang shared.mute dan tulis silence: true, atau ganti katanya',
          })),
  );
}

const says = (locales: Content['locales'], language: string, programme: string, key: string): boolean =>
  locales.has(language, programme, key) && saysSilence(locales.text(language, programme, key, {}));

/** Every question answers to *petugas*, and offers a person when it is stuck, as long as a flow stands for the word. */
function wayToPerson({ library }: Content): FlowFinding[] {
  const flow = library.commands.human;
  if (flow !== undefined && library.flow(flow)) return [];
  return [
    {
      file: 'flows/shared/programme.yaml',
      node: 'commands',
      rule: 'tidak ada jalan ke petugas dari pertanyaan mana pun',
      better: 'Tulis "human" dan alurnya di bagian "commands"',
    },
  ];
}

/** Flows that no first message, menu, keyword, global word or other flow leads to. */
function unreachableFlows(flows: readonly Flow[], { home, flows: { programmes } }: Content): FlowFinding[] {
  const entries = programmes.flatMap(({ menu, keywords, exact, commands, intents, spoken }) => [
    ...Object.keys(exact),
    ...Object.values(intents),
    ...spoken,
    ...menu.map(({ flow }) => flow),
    ...Object.keys(keywords),
    ...Object.values(commands),
  ]);
  const byId = new Map(flows.map((flow) => [flow.id, flow]));
  const seen = new Set<string>();
  const open = [...Object.values(home), ...entries];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const flow = byId.get(id);
    if (!flow || seen.has(id)) continue;
    seen.add(id);
    open.push(...nodesOf(flow).flatMap(([, node]) => ('goto' in node && !('ask' in node) ? [node.goto] : [])));
  }
  return flows
    .filter(({ id }) => !seen.has(id))
    .map((flow) => ({
      file: fileOf(flow),
      node: flow.start,
      rule: 'tidak ada yang membawa orang ke alur ini',
      better: 'Taruh di menu, beri kata kunci, atau hapus',
    }));
}
