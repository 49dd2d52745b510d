/** Sending in, papers that come later, and how far it is. */
import { createHash } from 'node:crypto';
import type { Answers } from '../../engine/index.ts';
import { judge, meets } from '../../rules/index.ts';
import type { ActionContext, ActionResult } from '../programme.ts';
import { factsIn } from './answers.ts';
import type { Application, Judged, Paper } from './model.ts';
import { gather, personOf, programmeOf, text, textOf, whoIs, type ApplicationParts } from './parts.ts';

/** As many as a status tells. */
const SHOWN = 3;

/**
 * Sends it in, once for one key. What was answered goes with it, so that an officer asks nothing twice. Where the office
 * waits for what was lacking, this is it: the same application comes back to the board.
 */
export async function submit(parts: ApplicationParts, context: ActionContext): Promise<ActionResult> {
  const { key, answers, contact, now } = context;
  const programme = programmeOf(context);
  const settings = parts.settings(programme);
  const person = await personOf(parts, context);
  if (!settings || !person) return { outcome: 'unregistered' };
  const facts = await gather(parts, context);
  const judged = settings.rules.map((rule): Judged => {
    const { verdict, because, version } = judge(parts.rule(rule, now), facts);
    return { rule, verdict, because, version };
  });
  const at = new Date(now);
  await parts.store.learn(person.id, factsIn(answers), 'person', at);
  const rules = judged.map(({ version }) => version);
  const application: Omit<Application, 'number'> = {
    ...{ _id: `a-${hash(key).slice(0, 24)}`, programme, person: person.id, name: person.name },
    ...{ contact: contact.id, channel: contact.channel, state: 'submitted', open: true, since: at },
    history: [{ state: 'submitted', at, by: 'person', why: '', rules }],
    ...{ answers: toldIn(answers), facts, judged, papers: papersIn(answers, settings.papers, at), filled: {} },
    ...parts.deadline(programme, now),
    priority: settings.priority.reduce((sum, { when, points }) => sum + (meets(when, facts) ? points : 0), 0),
    ...{ revision: 1, notice: null },
  };
  const lacking = await parts.store.openOf(programme, person.id);
  const again = lacking?.state === 'needs' ? await parts.store.again(lacking, application) : undefined;
  if (again) return { outcome: 'submitted', values: shown(parts, context, again) };
  const made = await parts.store.submit(application, (attempt) => numberFrom(key, attempt));
  const one = made ?? (await parts.store.openOf(programme, person.id));
  return { outcome: made ? 'submitted' : 'already', ...(one && { values: shown(parts, context, one) }) };
}

const hash = (words: string): string => createHash('sha256').update(words).digest('hex');
const numberFrom = (key: string, attempt: number): string =>
  String(parseInt(hash(`${key}/${attempt}`).slice(0, 12), 16) % 1_000_000).padStart(6, '0');

/** What was told; numbers of cards stay sealed, photos stand among the papers. */
const toldIn = (answers: Answers): Answers =>
  Object.fromEntries(
    Object.entries(answers).filter(
      ([place, answer]) => !/^(?:judged|application|applicant|consent|aside)\./.test(place) && answer.kind !== 'file',
    ),
  );

const papersIn = (answers: Answers, wanted: readonly string[], at: Date): Paper[] =>
  wanted.flatMap((paper) => {
    const answer = answers[`paper.${paper}`];
    return answer?.kind === 'file' ? [{ paper, file: answer.id, type: answer.type, at }] : [];
  });

/** Whether the office waits for a paper. */
export async function lacks({ store }: ApplicationParts, { answers }: ActionContext): Promise<ActionResult> {
  const application = await store.find(textOf(answers['application.id']));
  return { outcome: application?.state === 'needs' ? 'paper' : 'nothing' };
}

/** Which application a paper is for: one that lacks something before one that only waits. `only`: none but such. */
export async function newest(parts: ApplicationParts, context: ActionContext): Promise<ActionResult> {
  const open = (await parts.store.of(whoIs(context), SHOWN)).filter((one) => one.open);
  const lacking = open.filter(({ state }) => state === 'needs');
  const fitting = lacking.length > 0 || context.with['only'] === 'lacking' ? lacking : open;
  const [one, another] = fitting;
  if (!one) return { outcome: 'none' };
  if (!another) return { outcome: 'open', values: shown(parts, context, one) };
  const items = fitting.map(({ _id, programme }) => ({
    id: _id,
    label: parts.words(context.contact.language, programme, 'application.name', {}),
  }));
  return { outcome: 'several', values: { 'application.list': { kind: 'list', items } } };
}

export async function chosen(parts: ApplicationParts, context: ActionContext): Promise<ActionResult> {
  const picked = context.answers['application.chosen'];
  const application = picked?.kind === 'picked' ? await parts.store.find(picked.id) : null;
  return application ? { outcome: 'open', values: shown(parts, context, application) } : { outcome: 'none' };
}

/**
 * A paper that comes later. `added`: the office waited for it, and has its days again; `noted`: it goes with an application
 * that is being worked on, whose day stays; `kept`: there is none to which it could go. `none`: no paper came.
 */
export async function addPaper(parts: ApplicationParts, context: ActionContext): Promise<ActionResult> {
  const { answers, now } = context;
  const answer = answers['paper.more'];
  if (answer?.kind !== 'file') return { outcome: 'none' };
  const application = await parts.store.find(textOf(answers['application.id']));
  if (!application?.open || !parts.settings(application.programme)) return { outcome: 'kept' };
  const paper = { paper: 'more', file: answer.id, type: answer.type, at: new Date(now) };
  const { state, dueAt, promised, programme } = application;
  const stays = state !== 'needs' && Number(dueAt) > now;
  const deadline = stays && dueAt ? { dueAt, promised } : parts.deadline(programme, now);
  const after = await parts.store.addPaper(application, paper, deadline);
  if (!after) return { outcome: 'kept' };
  return { outcome: state === 'needs' ? 'added' : 'noted', values: shown(parts, context, after) };
}

/** What a text may say of an application. */
export function shown(
  parts: Pick<ApplicationParts, 'day' | 'words' | 'stepWords'>,
  { contact: { language } }: { contact: { language: string } },
  application: Application,
): Answers {
  const { words, stepWords } = parts;
  const { _id, number, programme, state } = application;
  const until = dayOf(parts, application);
  const promise =
    until === ''
      ? words(language, 'applications', 'promise.open', {})
      : words(language, 'applications', 'promise.day', { until });
  return {
    'application.id': text(_id),
    'application.number': text(spaced(number)),
    'application.wish': text(words(language, programme, 'application.name', {})),
    'application.stage': text(stepWords(language, programme, `states.${state}`)),
    'application.promise': { kind: 'written', text: promise },
  };
}

/** "Kamis, 3 Desember"; '' where no day is promised. */
const dayOf = ({ day }: Pick<ApplicationParts, 'day'>, { dueAt, promised }: Application): string =>
  dueAt && promised ? day(Number(dueAt)) : '';

/** "482 130". */
export const spaced = (number: string): string => `${number.slice(0, 3)} ${number.slice(3)}`;

export async function status(parts: ApplicationParts, context: ActionContext): Promise<ActionResult> {
  const all = await parts.store.of(whoIs(context), SHOWN);
  if (all.length === 0) return { outcome: 'none' };
  const { language } = context.contact;
  const lines = all.map((one) => {
    const about = parts.words(language, one.programme, 'application.name', {});
    const state = parts.stepWords(language, one.programme, `states.${one.state}`);
    const until = dayOf(parts, one);
    const told = until === '' ? '' : parts.words(language, 'applications', 'until', { until });
    return `*${about}* ${spaced(one.number)}: ${state}${told}`;
  });
  return { outcome: 'some', values: { 'application.lines': { kind: 'written', text: lines.join('\n') } } };
}
