/** The engine on the shipped flows, with actions that answer their first outcome: what tests of the engine share. */
import { loadContent } from '../../src/content/library.ts';
import { createConnection } from 'mongoose';
import { resume, start, type ActionSpec, type Session, type Step } from '../../src/engine/index.ts';
import { createParts } from '../../src/parts.ts';
import { actionsOf } from '../../src/programmes/programme.ts';
import { testVault } from './vault.ts';

/** The actions of all programmes by name, as the flows may call them; none of them is run here. */
export const actions: Record<string, ActionSpec> = Object.fromEntries(
  actionsOf(
    createParts({ connection: createConnection(), vault: testVault }, () => {
      throw new Error('No action is run in tests of the engine');
    }).programmes,
  ),
);
export const content = loadContent({ flows: 'flows', locales: 'locales' }, (name) => actions[name], {
  save: () => Promise.resolve(),
  find: () => Promise.resolve(undefined),
});
export const { library } = content;
export const now = Date.parse('2026-11-25T09:00:00+08:00');
export const HOUR = 3_600_000;

/** Walks through actions with their first outcome, as long as the engine asks for one. */
export function settle(step: Step, at = now): Step {
  const call = step.effects.at(-1);
  if (call?.type !== 'do') return step;
  const outcome =
    call.action === 'shared.mute' && step.session.frames.length === 1
      ? 'idle'
      : (actions[call.action]?.outcomes[0] ?? '');
  const next = settle(resume(library, step.session, { type: 'result', outcome, before: call.before }, at), at);
  return { session: next.session, effects: [...step.effects.slice(0, -1), ...next.effects] };
}

export const say = (session: Session, text: string, at = now): Step =>
  settle(resume(library, session, { type: 'text', text }, at), at);

/** A registration after these answers. */
export function after(...texts: string[]): Step {
  const first = settle(start(library, 'register', null, now, { type: 'text', text: 'halo' }));
  return texts.reduce((step, text) => say(step.session, text), first);
}
