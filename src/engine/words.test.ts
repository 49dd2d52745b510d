/** Every question of every flow answers to every global word, to greetings and to what is not words; none is left out. */
import { describe, expect, it } from 'vitest';
import { library, now, settle } from '../../test/support/engine.ts';
import { loadFlows } from '../content/flows.ts';
import { actions } from '../../test/support/engine.ts';
import { mediaKinds, resume, type Effect, type Frame, type Session } from './index.ts';

const flows = loadFlows('flows', (name) => actions[name]).sources;

/** A session that waits at this very question. */
function at(flow: string, node: string): Session {
  const version = library.flow(flow)?.version ?? '';
  const frame: Frame = { flow, version, node, waits: 'answer', answers: {}, trail: [], form: 'ask' };
  return { v: 1, frames: [frame], askedAt: now };
}

const questions = flows.flatMap(({ file }) =>
  Object.entries(file.nodes).flatMap(([node, definition]) =>
    'ask' in definition ? [{ flow: file.flow, node, definition }] : [],
  ),
);

const keys = (effects: readonly Effect[]): string[] =>
  effects.flatMap((effect) =>
    effect.type === 'say' || effect.type === 'ask' ? [...effect.before, effect.text].map(({ key }) => key) : [],
  );

describe.each(questions)('$flow.$node', ({ flow, node, definition }) => {
  it.each(['menu', 'kembali', 'ulang', 'bahasa', 'petugas', 'batal', 'berhenti', 'mulai', 'bantuan', 'suara'])(
    'answers to "%s"',
    (word) => {
      const { effects } = settle(resume(library, at(flow, node), { type: 'text', text: word }, now));
      expect(effects.length).toBeGreaterThan(0);
      expect(keys(effects).filter((key) => key.startsWith('unclear.'))).toEqual([]);
    },
  );

  it.each(['assalamualaikum', 'selamat pagi', 'halo', 'terima kasih'])(
    'returns the greeting "%s" and asks again',
    (word) => {
      const { effects, session } = settle(resume(library, at(flow, node), { type: 'text', text: word }, now));
      expect(keys(effects)[0]).toMatch(/^greeting\./);
      expect(session.frames.at(-1)?.node).toBe(node);
    },
  );

  it.each(mediaKinds)('thanks for a %s and asks again', (kind) => {
    const { effects, session } = settle(resume(library, at(flow, node), { type: 'media', kind }, now));
    // A photo that is waited for and cannot be had is asked for again.
    const waited = (definition.ask === 'photo' || definition.photo) && (kind === 'photo' || kind === 'document');
    expect(keys(effects)).toContain(waited ? 'thanks.unreadable' : `thanks.${kind}`);
    expect(session.frames.at(-1)?.node).toBe(node);
  });
});

it('there are questions to try', () => expect(questions.length).toBeGreaterThan(12));
