/** The engine on the shipped flows, with actions that answer their first outcome: what tests of the engine share. */
import { loadContent } from '../../src/content/library.ts';
import { resume, start, type Session, type Step } from '../../src/engine/index.ts';

const spec = (outcomes: string[], changes = true) => ({ outcomes, changes });
export const actions: Record<string, { outcomes: string[]; changes: boolean }> = {
  'shared.language': spec(['done']),
  'shared.mute': spec(['form', 'idle']),
  'shared.unmute': spec(['done']),
  'registration.check': spec(['new', 'known'], false),
  'registration.consent': spec(['done'], false),
  'registration.forget': spec(['done']),
  'registration.find_group': spec(['found', 'new'], false),
  'registration.save': spec(['saved', 'changed', 'already']),
  'registration.load': spec(['known', 'unknown'], false),
  'registration.erase': spec(['done']),
  'registration.withdraw': spec(['done']),
  'registration.people': spec(['several', 'one', 'none'], false),
  'registration.switch': spec(['found', 'unknown']),
  'registration.identify': spec(['known', 'other']),
  'events.list': spec(['some', 'none'], false),
  'events.load': spec(['open', 'full', 'apply', 'mine', 'gone'], false),
  'events.enrol': spec(['in', 'waiting', 'applied', 'already', 'closed', 'unregistered']),
  'events.mine': spec(['one', 'several', 'none'], false),
  'events.cancel': spec(['done', 'none']),
  'events.confirm': spec(['done', 'gone']),
  'events.accept': spec(['in', 'late']),
  'events.attend': spec(['present', 'wrong']),
  'events.rate': spec(['done']),
  'events.material': spec(['link', 'none'], false),
  'events.certificate': spec(['made', 'none']),
  'events.calendar': spec(['made', 'none'], false),
  'outreach.open': spec(['none', 'running', 'stranger'], false),
  'outreach.events': spec(['some', 'none'], false),
  'outreach.preview': spec(['ready', 'hard', 'nobody'], false),
  'outreach.send': spec(['begun', 'agreeing']),
  'outreach.control': spec(['running', 'over']),
  'outreach.to_agree': spec(['some', 'none', 'stranger'], false),
  'outreach.agree': spec(['done']),
  'outreach.target': spec(['events', 'register', 'information', 'none'], false),
  'registration.card': spec(['known', 'unknown'], false),
};
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
