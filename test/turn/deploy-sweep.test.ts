/**
 * Deploys at every question of every flow: a text, a label, an action or a flow of it is gone, and somebody stands there,
 * or anywhere else in the flow. Whatever they say is answered in words; what can no longer be said is apologised for once.
 */
import { describe, expect, it } from 'vitest';
import { compileStored, type Today } from '../../src/content/stored-flow.ts';
import { createTexts } from '../../src/content/texts.ts';
import { render } from '../../src/conversation/render.ts';
import type { FlowSource } from '../../src/content/flows.ts';
import type { Locales } from '../../src/content/locales.ts';
import { longestWords } from '../../src/lint/longest.ts';
import { resume, topFrame, type Library, type Session, type Step } from '../../src/engine/index.ts';
import { actions, content, library, now } from '../support/engine.ts';

const { flows, locales } = content;
const OLD = 'an earlier deploy';

/** The texts of today without those whose key begins like this. */
const without = (programme: string, gone: string): Locales => {
  const lost = (of: string, key: string) => of === programme && key.startsWith(gone);
  const refuse = (of: string, key: string) => {
    if (lost(of, key)) throw new Error(`The text "${key}" is in no language`);
  };
  return {
    ...locales,
    has: (language, of, key) => !lost(of, key) && locales.has(language, of, key),
    template(language, of, key) {
      refuse(of, key);
      return locales.template(language, of, key);
    },
    text(language, of, key, values) {
      refuse(of, key);
      return locales.text(language, of, key, values);
    },
  };
};

interface Deploy {
  today: Today;
  library: Library;
  words: ReturnType<typeof createTexts>;
}

/** Somebody began `source` before a deploy that changed `change` of today. */
function deploy(source: FlowSource, change: Partial<Today>): Deploy {
  const today: Today = { flows, locales, action: (name) => actions[name], ...change };
  const old = compileStored({ ...source, version: OLD }, today);
  return {
    today,
    library: { ...library, version: (id, version) => (version === OLD ? old : library.version(id, version)) },
    words: createTexts({ locales: today.locales, areas: content.areas }),
  };
}

const standing = (flow: string, node: string, waits: 'answer' | 'entry' = 'answer'): Session => ({
  ...{ v: 1, askedAt: now },
  frames: [
    {
      flow,
      version: OLD,
      node,
      waits,
      answers: { 'person.name': { kind: 'text', text: 'Siti' } },
      trail: [],
      form: 'ask',
    },
  ],
});

/** Says something, walks through actions by their first outcome, and puts all of it in words. */
function say(at: Deploy, session: Session, text: string): Step & { said: string } {
  let step = resume(at.library, session, { type: 'text', text }, now);
  const effects = [...step.effects];
  for (let call = effects.at(-1); call?.type === 'do'; call = step.effects.at(-1)) {
    const outcome = actions[call.action]?.outcomes[0] ?? '';
    step = resume(at.library, step.session, { type: 'result', outcome, before: call.before }, now);
    effects.push(...step.effects);
  }
  const said = render(effects, at.words, 'id', longestWords)
    .map((draft) => JSON.stringify(draft))
    .join('\n');
  return { session: step.session, effects, said };
}

const casesIn = ({ effects }: Step) => effects.filter((effect) => effect.type === 'case' && effect.kind === 'outdated');
const asks = ({ file }: FlowSource): string[] =>
  Object.entries(file.nodes).flatMap(([name, node]) => ('ask' in node ? [name] : []));
const questions = flows.sources.flatMap((source) => asks(source).map((node) => [source, node] as const));

describe('the texts of a question are gone', () => {
  it('whoever stands there is told so once, has a case and the answers kept, and goes on', () => {
    expect(questions.length).toBeGreaterThan(90);
    for (const [source, node] of questions) {
      const { flow } = source.file;
      const at = deploy(source, { locales: without(source.programme, `${flow}.${node}.`) });
      for (const text of ['1', 'ya', 'menu', 'kembali', '🙂']) {
        const step = say(at, standing(flow, node), text);
        expect([flow, node, text, step.said.includes('pertanyaannya sudah berubah')]).toEqual([flow, node, text, true]);
        expect([flow, node, casesIn(step)]).toEqual([flow, node, [{ type: 'case', kind: 'outdated', flow, node }]]);
        expect([flow, node, step.session.kept?.[flow]]).toMatchObject([
          flow,
          node,
          { 'person.name': { text: 'Siti' } },
        ]);
        const next = topFrame(step.session) ? say(at, step.session, 'ulang') : undefined;
        expect([flow, node, next?.said.includes('pertanyaannya sudah berubah') ?? false]).toEqual([flow, node, false]);
      }
    }
  });

  it('whoever stands elsewhere in the flow is answered in words, wherever it leads', () => {
    for (const [source, gone] of questions) {
      const at = deploy(source, { locales: without(source.programme, `${source.file.flow}.${gone}.`) });
      for (const node of asks(source)) expect(say(at, standing(source.file.flow, node), '1').said).not.toBe('');
    }
  });
});

it('a list that lost a label: its questions are led on from, and what was chosen from it can still be said', () => {
  for (const source of flows.sources)
    for (const [list, [first = '']] of Object.entries(source.file.options ?? {})) {
      const at = deploy(source, { locales: without(source.programme, `options.${list}.${first}.`) });
      for (const node of asks(source)) expect(say(at, standing(source.file.flow, node), '1').said).not.toBe('');
      const answer = { kind: 'options' as const, list, ids: [first] };
      expect(at.words.answer('bjn', source.programme, answer)).toBe(first.replaceAll('_', ' '));
    }
});

it('an action or a flow that is gone is apologised for', () => {
  for (const source of flows.sources)
    for (const [name, node] of Object.entries(source.file.nodes)) {
      const gone =
        'do' in node
          ? deploy(source, { action: () => undefined })
          : 'goto' in node && !('ask' in node)
            ? deploy(source, { flows: { ...flows, sources: [] } })
            : undefined;
      if (gone) expect(casesIn(say(gone, standing(source.file.flow, name, 'entry'), 'ya'))).toHaveLength(1);
    }
});

it('a text that now names an answer which the old flow never asked for is not shown with a hole', () => {
  for (const [source, node] of questions) {
    const asked = source.file.nodes[node];
    if (!asked || !('ask' in asked) || asked.save === undefined) continue;
    const { [node]: _gone, ...nodes } = source.file.nodes;
    const before = { ...source, file: { ...source.file, nodes } };
    const at = deploy(before, {});
    const hole = `{{${asked.save.slice(asked.save.indexOf('.') + 1)}}}`;
    const others = asks(before).some((other) => {
      const kept = before.file.nodes[other];
      return kept && 'ask' in kept && kept.save === asked.save;
    });
    if (others) continue;
    for (const other of asks(before)) {
      const session = standing(source.file.flow, other);
      for (const frame of session.frames) frame.answers = {};
      expect([source.file.flow, other, say(at, session, '🙂').said.includes(hole)]).toEqual([
        ...[source.file.flow, other, false],
      ]);
    }
  }
});

it('nothing changes where all texts are still there', () => {
  for (const source of flows.sources) {
    const old = compileStored(source, { flows, locales, action: (name) => actions[name] });
    expect(Object.keys(old?.nodes ?? {})).toEqual(Object.keys(source.file.nodes));
  }
});
