/** One turn's decision: the engine walks, actions are called, and what is to be written comes out. Nothing is sent. */
import { interrupt, resume, type Answers, type Effect, type Input, type Session, type Step } from '../engine/index.ts';
import type { Action, ActionContext, ContactChange } from '../programmes/programme.ts';
import { KawanError } from '../shared/errors.ts';
import { endRound, failure } from './broken.ts';
import { opened, type Secrets } from './hidden.ts';
import { commitOf, type Committing } from './commit.ts';
import type { CaseRequest, CaseStore, Commit, Conversation, Inbound } from './ports.ts';
import { render, type Draft, type Words } from './render.ts';
import { isAnswered, route, type Routes } from './route.ts';

export interface Deciding {
  routes: Routes;
  /** Fetches old versions of flows that this session needs. */
  prepare(session: Session): Promise<void>;
  actions: ReadonlyMap<string, Action>;
  /** The flow that says why a programme does not run just now; undefined where it runs. */
  stopped(programme: string): { flow: string; answers: Answers } | undefined;
  cases: CaseStore;
  words: Words;
  secrets: Secrets;
  /** Values known to every text, such as when the office is open. */
  extra(now: number, language: string): Record<string, string>;
}

/** Actions that one message may lead to; a flow that calls more in a row is circling. */
const ACTIONS_A_TURN = 20;

/** Decides what a message leads to. Doing it twice for the same message is harmless: actions and cases carry its id. */
export async function decide(
  deciding: Deciding,
  conversation: Conversation,
  message: Inbound,
  now: number,
  at: Committing,
): Promise<Commit> {
  const { routes } = deciding;
  if (conversation.session) await deciding.prepare(conversation.session);
  const first = route(routes, conversation, opened(message, conversation.id, deciding.secrets), now);
  const turn = first ? await act(deciding, conversation, message, first, now) : muted(conversation);
  return conclude(deciding, conversation, message, turn, now, at);
}

/** Our own code failed each time that this message was tried: the person is told, and the next message goes on. */
export const fail = (
  deciding: Deciding,
  conversation: Conversation,
  message: Inbound,
  now: number,
  at: Committing,
): Promise<Commit> =>
  conclude(deciding, conversation, message, { ...unchanged(conversation), effects: [...failure] }, now, at);

/** What was decided, as it is written: cases are opened, texts are rendered. */
async function conclude(
  deciding: Deciding,
  conversation: Conversation,
  message: Inbound,
  turn: Turn,
  now: number,
  at: Committing,
): Promise<Commit> {
  const { routes, words } = deciding;
  const { broken, ...ended } = endRound(conversation, turn, now);
  const { session } = ended;
  const effects = said(routes, conversation, { ...turn, ...ended });
  for (const effect of effects) {
    if (effect.type === 'hide') await deciding.secrets.forget(message.id);
    if (effect.type !== 'case') continue;
    const request: CaseRequest = { ...effect, contact: conversation.id, message: message.id, at: now };
    await deciding.cases.open(request);
  }
  const language = turn.change.language ?? conversation.language;
  const speaksFor = turn.change.speaksFor ?? conversation.speaksFor ?? '';
  const drafts = render(addressed(effects, speaksFor), words, language, deciding.extra(now, language));
  return commitOf(
    conversation,
    message,
    drafts,
    now,
    at,
    { ...turn.change, session, language, ...(broken && { broken }) },
    routes.library,
  );
}

/** What we say first: a flow, and what it needs to know. `key` is the same for every repetition. */
export interface Aside {
  key: string;
  flow: string;
  answers: Answers;
  /** The event, broadcast or form: an older question about it makes room. */
  about: string;
  /** On a shared phone: whom it is for. */
  speaksFor?: string;
  /** It may go to somebody who has never written to this number. */
  cold?: boolean;
  /** It is told although the person may want no messages, and its answer is taken. */
  owed?: true;
}

/** Decides what is said when we speak first: the messages, and the session in which they are answered. */
export async function decideAside(
  deciding: Deciding,
  conversation: Conversation,
  { key, flow, answers, about, speaksFor = '', owed }: Aside,
  now: number,
): Promise<{ drafts: Draft[]; session: Session | null }> {
  const { routes, words } = deciding;
  if (conversation.session) await deciding.prepare(conversation.session);
  const first = interrupt(routes.library, { flow, answers, about, ...(owed && { owed }) }, conversation.session, now);
  const turn = await act(deciding, conversation, { id: key }, first, now);
  const { language } = conversation;
  return {
    drafts: render(
      addressed(said(routes, conversation, turn), speaksFor),
      words,
      language,
      deciding.extra(now, language),
    ),
    session: turn.session,
  };
}

/** On a shared phone the first line says whom it is for (conversation rule 12). */
function addressed(effects: readonly Effect[], name: string): readonly Effect[] {
  const first = effects.findIndex(({ type }) => type === 'say' || type === 'ask');
  const effect = effects[first];
  if (name === '' || (effect?.type !== 'say' && effect?.type !== 'ask')) return effects;
  const line = {
    programme: 'shared',
    key: 'engine.for',
    values: { 'person.who': { kind: 'text' as const, text: name } },
  };
  return effects.with(first, { ...effect, before: [line, ...effect.before] });
}

interface Turn {
  session: Session | null;
  effects: Effect[];
  change: ContactChange;
}

/** Who wants no messages is asked nothing whose answer would not be taken; what was to stand above it is said. */
function said(
  { library }: Routes,
  conversation: Conversation,
  { effects, session, change }: Readonly<Omit<Turn, 'effects'>> & { effects: readonly Effect[] },
): readonly Effect[] {
  const silent = change.muted ?? conversation.muted;
  if (!silent || isAnswered(library, session, null)) return effects;
  return effects.flatMap((effect): Effect[] => {
    if (effect.type !== 'ask') return [effect];
    const before = effect.before.filter(({ key }) => key !== 'engine.again');
    const text = before.pop();
    return text ? [{ type: 'say', before, text }] : [];
  });
}

/** Walks on from action to action until the engine waits for the person. */
async function act(
  deciding: Deciding,
  conversation: Conversation,
  message: { id: string },
  first: Step,
  now: number,
): Promise<Turn> {
  const { library } = deciding.routes;
  const effects: Effect[] = [];
  let change: ContactChange = {};
  let step = first;
  for (let count = 1; ; count++) {
    const call = step.effects.at(-1);
    if (call?.type !== 'do') {
      effects.push(...step.effects);
      return { session: step.session, effects, change };
    }
    effects.push(...step.effects.slice(0, -1));
    const action = deciding.actions.get(call.action);
    if (!action || count > ACTIONS_A_TURN)
      throw new KawanError(`The action ${call.action} cannot be called`, { action: call.action, count });
    const { input, contact } = await perform(deciding, action, {
      key: `${message.id}/${call.node}/${count}`,
      contact: { ...conversation, ...change },
      answers: call.answers,
      with: call.with,
      programme: call.programme,
      now,
      interrupted: step.session.frames.length > 1,
    });
    change = { ...change, ...contact };
    step = resume(library, step.session, { ...input, before: call.before }, now);
  }
}

/** What an action answers; or, where it would begin something in a programme that does not run just now, why it may not. */
async function perform(
  { stopped }: Deciding,
  action: Action,
  context: ActionContext,
): Promise<{ input: Extract<Input, { type: 'result' | 'refused' }>; contact?: ContactChange }> {
  const programme = action.opens?.(context);
  const refusal = programme === undefined ? undefined : stopped(programme);
  if (refusal) return { input: { type: 'refused', ...refusal } };
  const { outcome, values, contact } = await action.run(context);
  return { input: { type: 'result', outcome, ...(values && { values }) }, ...(contact && { contact }) };
}

/** To someone who wants no messages: one line that says how to begin again. The form stays where it was. */
const muted = (conversation: Conversation): Turn => ({
  ...unchanged(conversation),
  effects: [{ type: 'say', before: [], text: { programme: 'shared', key: 'engine.muted' } }],
});

const unchanged = ({ session }: Conversation): Turn => ({ session, effects: [], change: {} });
