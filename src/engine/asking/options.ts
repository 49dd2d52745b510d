/** The options of a question: what is on the screen now, and what may be said beside it. */
import type { Option } from '../../understanding/index.ts';
import type { ShownOption } from '../effect.ts';
import { engineOptions, RESUME, type FlowOption, type Library } from '../flow.ts';
import { OPTIONS_A_MESSAGE } from '../limits.ts';
import type { AskNode } from '../nodes/schema.ts';
import type { Place, Walk } from '../frames.ts';

/** An option with its words and its label. */
export type Choosable = Option & Pick<ShownOption, 'label'>;

export interface Options {
  /** What the person sees, in order. */
  shown: readonly Choosable[];
  /** The same as the turn renders it. */
  told: readonly ShownOption[];
  /** All that may be chosen by name, also when it stands on another page. */
  all: readonly Choosable[];
  /** The flow's own options among them. */
  own: readonly Choosable[];
  /** What may be named in passing where the answer itself is not an option. */
  beside: readonly Choosable[];
  numbered: boolean;
  /** The list was cut down to what fits what was said. */
  narrowed: boolean;
}

const kept = new WeakMap<AskNode, Map<string, Options>>();

/** Most lists depend on the question alone. Those are made once, and what the readers make of them is made once, too. */
export function optionsOf(walk: Walk, place: Place, node: AskNode): Options {
  const { frame } = place;
  if (frame.shown || frame.doubted || node.options === 'answered' || node.from !== undefined)
    return makeOptions(walk, place, node);
  const key = `${frame.form} ${walk.frames.length > 1}`;
  const before = kept.get(node)?.get(key);
  if (before) return before;
  const options = makeOptions(walk, place, node);
  kept.set(node, (kept.get(node) ?? new Map<string, Options>()).set(key, options));
  return options;
}

function makeOptions(walk: Walk, place: Place, node: AskNode): Options {
  const { all, shown } = choose(walk, place, node);
  const engines = all.filter(({ id }) => isEngineOption(id));
  return {
    shown,
    told: shown.map(({ id, label }) => ({ id, label })),
    all,
    own: all.filter(({ id }) => !isEngineOption(id)),
    // Yes and no are read as such, never by the words of their labels: "kada paham" is no "kada".
    beside: (node.or === undefined ? engines : all).filter(({ id }) => id !== 'yes' && id !== 'no'),
    numbered: node.ask !== 'integer',
    narrowed: place.frame.shown !== undefined && place.frame.form !== 'stuck' && !place.frame.shown.includes('other'),
  };
}

function choose(walk: Walk, place: Place, node: AskNode): Pick<Options, 'shown' | 'all'> {
  const { frame } = place;
  const { words } = walk.library;
  const list = listOf(walk, place, node);
  if (frame.form === 'stuck') {
    const shown = [words.human, ...(node.skip ? [words.skip] : []), words.again];
    return { shown, all: [...shown, ...list] };
  }
  const extras = [...(node.more === undefined ? [] : [words.more]), ...(node.skip ? [words.skip] : [])];
  const all = [...list, ...extras, words.other];
  if (frame.shown) {
    const byId = new Map(all.map((option) => [option.id, option]));
    return { shown: frame.shown.flatMap((id) => byId.get(id) ?? []), all };
  }
  if (node.ask === 'kelurahan') return { shown: frame.form === 'simple' ? districts(walk.library) : [], all };
  const whole = [...list, ...extras];
  return { shown: whole.length <= OPTIONS_A_MESSAGE ? whole : pageOf(whole, 0, words.other), all };
}

const engineIds = new Set<string>(engineOptions);
export const isEngineOption = (id: string): boolean => engineIds.has(id);

/** The options of one page of a list that is too long for a message; the last of them turns the page. */
export function pageOf(list: readonly Choosable[], from: number, other: Choosable): Choosable[] {
  const size = OPTIONS_A_MESSAGE - 1;
  const start = from < list.length ? from : 0;
  return [...list.slice(start, start + size), other];
}

/** The list that a question offers, whole. */
function listOf(walk: Walk, { flow, frame }: Place, node: AskNode): readonly Choosable[] {
  const { words } = walk.library;
  if (node.ask === 'yesno')
    return [words.yes, words.no, ...(node.or === undefined ? [] : (flow.options[node.or] ?? []))];
  if (node.ask === 'kelurahan') return [...districts(walk.library), ...kelurahan(walk.library)];
  if (node.options === 'answered')
    return Object.entries(flow.fields).flatMap(([name, field]) => (isAnswered(flow.nodes[name], frame) ? field : []));
  if (node.from !== undefined) {
    const made = frame.answers[node.from];
    const items = made?.kind === 'list' ? made.items : [];
    return items.map(({ id, label }) => ({ id, words: [label], label: { written: label } }));
  }
  const named = node.options ?? node.or;
  const list: readonly FlowOption[] = (named === undefined ? undefined : flow.options[named]) ?? [];
  return walk.frames.length > 1 ? list : list.filter((option) => option.id !== RESUME);
}

const isAnswered = (node: object | undefined, frame: Place['frame']): boolean =>
  node !== undefined && 'save' in node && typeof node.save === 'string' && frame.answers[node.save] !== undefined;

const places = new WeakMap<Library['areas'], { districts: Choosable[]; kelurahan: Choosable[] }>();

function placesOf({ areas }: Library): { districts: Choosable[]; kelurahan: Choosable[] } {
  let known = places.get(areas);
  if (!known) {
    const names = new Map(areas.map((area) => [area.district.code, area.district.name]));
    known = {
      districts: [...names].map(([id, name]) => ({ id, words: [name], label: { place: id } })),
      kelurahan: areas.map(({ code, name, words }) => ({ id: code, words: [name, ...words], label: { place: code } })),
    };
    places.set(areas, known);
  }
  return known;
}

const districts = (library: Library): Choosable[] => placesOf(library).districts;
const kelurahan = (library: Library): Choosable[] => placesOf(library).kelurahan;

/** `0` is the word for a person at questions with options only; elsewhere it is a number (conversation rule 4). */
export const isPlainZero = (text: string, { numbered, shown }: Options): boolean =>
  /^\W*0\W*$/u.test(text) && (!numbered || shown.length === 0);
