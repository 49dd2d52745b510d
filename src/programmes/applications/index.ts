/**
 * What every programme with an application shares: what is known of a person, whether a rule holds and what is missing,
 * sending in, and how far it is. Which programme, rule or purpose is meant, the flow says (`with`).
 */
import type { Answer, Answers } from '../../engine/index.ts';
import { judge, missing, undecided, type Change, type Facts, type Held } from '../../rules/index.ts';
import { joined } from '../../shared/joined.ts';
import type { Action, ActionContext, ActionResult, Programme } from '../programme.ts';
import { factsIn, identityIn } from './answers.ts';
import { factsOf } from './model.ts';
import { gather, personOf, programmeOf, text, textOf, whoIs, type ApplicationParts } from './parts.ts';
import { reasonsIn } from './reasons.ts';
import { addPaper, chosen, lacks, newest, shown, status, submit } from './sending.ts';

type Run = (parts: ApplicationParts, context: ActionContext) => Promise<ActionResult>;

const actions: Readonly<Record<string, Omit<Action, 'run'> & { run: Run }>> = {
  look: { outcomes: ['ready', 'open', 'lacks', 'unregistered'], changes: false, run: look },
  consented: { outcomes: ['yes', 'no'], changes: false, run: consented },
  consent: { outcomes: ['done'], changes: false, run: consent },
  needs: { outcomes: ['yes', 'no'], changes: false, run: needs },
  known: { outcomes: ['yes', 'no'], changes: false, run: known },
  has: { outcomes: ['yes', 'no'], changes: false, run: has },
  judge: { outcomes: ['yes', 'no', 'barred', 'unknown'], changes: false, run: judgeRule },
  said: { outcomes: ['yes', 'no', 'barred', 'unknown'], changes: false, run: said },
  step: { outcomes: ['nib', 'book', 'events', 'person', 'kur'], changes: false, run: step },
  identify: { outcomes: ['done', 'locked'], changes: true, run: identify },
  submit: { outcomes: ['submitted', 'already', 'unregistered'], changes: true, opens: programmeOf, run: submit },
  lacks: { outcomes: ['paper', 'nothing'], changes: false, run: lacks },
  newest: { outcomes: ['open', 'several', 'none'], changes: false, run: newest },
  chosen: { outcomes: ['open', 'none'], changes: false, run: chosen },
  paper: { outcomes: ['added', 'noted', 'kept', 'none'], changes: true, run: addPaper },
  status: { outcomes: ['some', 'none'], changes: false, run: status },
  next: { outcomes: ['none', 'step'], changes: false, run: next },
  wait: { outcomes: ['noted'], changes: true, run: wait },
};

export function createApplications(parts: ApplicationParts): Programme {
  return {
    id: 'applications',
    actions: Object.fromEntries(
      Object.entries(actions).map(([name, { run, ...spec }]): [string, Action] => [
        name,
        { ...spec, run: (context) => run(parts, context) },
      ]),
    ),
  };
}

/** Whether somebody is on record here, and whether they have asked for this already. */
async function look(parts: ApplicationParts, context: ActionContext): Promise<ActionResult> {
  const person = await personOf(parts, context);
  if (!person) return { outcome: 'unregistered' };
  const open = await parts.store.openOf(programmeOf(context), person.id);
  const values: Answers = { 'applicant.name': text(person.name) };
  if (!open) return { outcome: 'ready', values };
  const outcome = open.state === 'needs' ? 'lacks' : 'open';
  return { outcome, values: { ...values, ...shown(parts, context, open) } };
}

async function consented({ consents }: ApplicationParts, context: ActionContext): Promise<ActionResult> {
  return { outcome: (await consents.has(whoIs(context), purposeOf(context))) ? 'yes' : 'no' };
}

async function consent({ consents }: ApplicationParts, context: ActionContext): Promise<ActionResult> {
  const { key, contact, now, answers } = context;
  const full = answers['consent.full'] !== undefined;
  await consents.give({ key, person: whoIs(context), contact, purpose: purposeOf(context), full, now });
  return { outcome: 'done' };
}

const purposeOf = (context: ActionContext): string => context.with['purpose'] ?? context.programme;

/** Whether a fact still decides; what does not is not asked. */
async function needs(parts: ApplicationParts, context: ActionContext): Promise<ActionResult> {
  const facts = await gather(parts, context);
  const open = undecided(parts.rule(context.with['rule'] ?? '', context.now), facts);
  return { outcome: open.includes(context.with['fact'] ?? '') ? 'yes' : 'no' };
}

/** Whether a fact is one of some values already: "told,verified". */
async function known(parts: ApplicationParts, context: ActionContext): Promise<ActionResult> {
  const value = (await gather(parts, context))[context.with['fact'] ?? ''];
  const wanted = context.with['is']?.split(',') ?? [];
  return { outcome: value !== undefined && (wanted.length === 0 || wanted.includes(String(value))) ? 'yes' : 'no' };
}

/** Whether something was answered here, and not passed over. */
function has(_parts: ApplicationParts, { answers, with: { place = '' } }: ActionContext): Promise<ActionResult> {
  const answer = answers[place];
  return Promise.resolve({ outcome: answer && answer.kind !== 'skipped' ? 'yes' : 'no' });
}

/** The answer of a rule, why, and what is missing; what was told is remembered with it. */
async function judgeRule(parts: ApplicationParts, context: ActionContext): Promise<ActionResult> {
  const rule = context.with['rule'] ?? '';
  const held = parts.rule(rule, context.now);
  const facts = await gather(parts, context);
  const { verdict, because } = judge(held, facts);
  const person = whoIs(context);
  if (person !== '')
    await parts.store.learn(person, factsIn(context.answers), 'person', new Date(context.now), context.with['goal']);
  const { language } = context.contact;
  const steps = stepsFor(parts, held, facts, language);
  const outcome = verdict === 'no' && !steps ? 'barred' : verdict;
  const nearest = verdict === 'no' && steps ? steps.because : because;
  // What is not known is told otherwise than what stands against it.
  const list = verdict === 'unknown' ? 'doubts' : 'reasons';
  const told = reasonsIn(held, nearest, (id, values) =>
    parts.words(language, context.programme, `options.${list}.${id}.label`, values),
  );
  return {
    outcome,
    values: {
      [`verdict.${rule}`]: text(outcome),
      ...(steps && { [`first.${rule}`]: steps.first, [`label.${rule}`]: steps.label }),
      'judged.reasons': { kind: 'written', text: joined(told, parts.words(language, 'shared', 'words.and', {})) },
      ...steps?.values,
    },
  };
}

/** The steps that are missing, in words and in the order in which they are best taken; undefined where none helps. */
function stepsFor(
  { steps, words }: ApplicationParts,
  held: Held,
  facts: Facts,
  language: string,
): { because: readonly string[]; first: Answer; label: Answer; values: Answers } | undefined {
  const found = missing(held, facts);
  if (!found || found.changes.length === 0) return undefined;
  const order = steps();
  const inOrder = (changes: readonly Change[]) =>
    [...changes].sort((a, b) => order.indexOf(a.step) - order.indexOf(b.step));
  const inWords = ({ step: name, to }: Change) =>
    words(language, 'shared', `options.steps.${name}.label`, {
      to: typeof to === 'number' ? to.toLocaleString('id-ID') : String(to),
    });
  const way = (changes: readonly Change[]) =>
    inOrder(changes)
      .map(inWords)
      .join(words(language, 'shared', 'words.then', {}));
  const changes = inOrder(found.changes);
  const ways = [found.changes, ...(found.instead ? [found.instead] : [])].map(way);
  return {
    because: found.because,
    first: text(changes[0]?.step ?? ''),
    label: { kind: 'written', text: changes[0] ? inWords(changes[0]) : '' },
    values: {
      'judged.steps': { kind: 'written', text: ways.join(words(language, 'shared', 'words.or', {})) },
      'judged.count': { kind: 'number', number: changes.length },
    },
  };
}

/** What a rule said a moment ago, and the first step that it named. */
function said(_parts: ApplicationParts, { answers, with: { rule = '' } }: ActionContext): Promise<ActionResult> {
  const first = answers[`first.${rule}`];
  const label = answers[`label.${rule}`];
  const values: Answers = first && label ? { 'judged.first': first, 'judged.step': label } : {};
  return Promise.resolve({ outcome: textOf(answers[`verdict.${rule}`]) || 'unknown', values });
}

/** The flow in which the first missing step is taken. */
function step({ flowOf }: ApplicationParts, { answers }: ActionContext): Promise<ActionResult> {
  return Promise.resolve({ outcome: flowOf(textOf(answers['judged.first'])) ?? 'person' });
}

/** The number of the person's card, kept sealed. Another one takes the place of an earlier one. */
async function identify(parts: ApplicationParts, context: ActionContext): Promise<ActionResult> {
  const person = whoIs(context);
  const found = identityIn(context.answers, parts.vault, context.contact.id, person, context.now);
  if (!found) return { outcome: 'locked' };
  const twins = await parts.store.sameIdentity(found.digest, person);
  const odd = [...found.odd, ...(twins.length > 0 ? ['twin'] : [])];
  await parts.store.identify({ ...found, odd, _id: person, at: new Date(context.now) });
  return { outcome: 'done' };
}

/** The next step towards what the person wanted last; nothing while the office is working on it. */
async function next(parts: ApplicationParts, context: ActionContext): Promise<ActionResult> {
  const person = await personOf(parts, context);
  const told = person && (await parts.store.facts(person.id));
  if (!person || !told?.goal) return { outcome: 'none' };
  const held = parts.rule(told.goal, context.now);
  const steps = stepsFor(parts, held, factsOf(person, told), context.contact.language);
  if (!steps) return { outcome: 'none' };
  const goal = parts.goal(told.goal, context.contact.language);
  return { outcome: 'step', values: { ...steps.values, 'judged.goal': { kind: 'written', text: goal } } };
}

/** Who is not on record waits as the contact they are; a programme that takes nobody in must not ask to register first. */
async function wait({ store }: ApplicationParts, context: ActionContext): Promise<ActionResult> {
  const { id: contact, channel } = context.contact;
  const programme = textOf(context.answers['programme.id']);
  const person = whoIs(context) || contact;
  const at = new Date(context.now);
  await store.wait({ _id: `${programme}:${person}`, programme, person, contact, channel, at });
  return { outcome: 'noted' };
}
