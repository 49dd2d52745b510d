/** The consent questions of all flows, found by their flag, and the lines that may not answer them with a yes. */
import { readFileSync } from 'node:fs';
import { resume, topFrame, type Frame } from '../../src/engine/index.ts';
import { content, library, now } from './engine.ts';

interface Line {
  id: string;
  expect: string;
  text: string;
  value: unknown;
}

const folder = 'test/fixtures/corpus';

export const corpus: readonly Line[] = ['dev', 'dev2', 'train'].flatMap((name) =>
  readFileSync(`${folder}/${name}.jsonl`, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line),
);

/** Ids of lines that say yes and nothing else. */
export const saysOnlyYes: ReadonlySet<string> = new Set(
  (JSON.parse(readFileSync(`${folder}/agreement.json`, 'utf8')) as { ids: string[] }).ids,
);

/** A yes and nothing else, or a digit: these agree, whatever question they were written for. */
const bareYes =
  /^\W*(?:(?:ya|iya|inggih|nggih|iyo|ok|oke|sip|siap|boleh|mau|setuju|leres|benar|betul|bujur|bu|pak|no|nomor|lah|\d{1,2})\W*)+$/iu;

/** Lines that are no yes, and lines of all other kinds. */
export const consentCases: readonly Line[] = corpus.filter(({ expect, value, text }) =>
  expect === 'yesno' ? value !== true : !bareYes.test(text),
);

export const consentQuestions = content.flows.sources.flatMap(({ file }) =>
  Object.entries(file.nodes).flatMap(([node, definition]) =>
    'ask' in definition && definition.consent ? [{ flow: file.flow, node }] : [],
  ),
);

/** Whether a text at this question walks the way of a yes. */
export function consents(flow: string, node: string, text: string): boolean {
  const definition = library.flow(flow)?.nodes[node];
  const version = library.flow(flow)?.version ?? '';
  const frame: Frame = { flow, version, node, waits: 'answer', answers: {}, trail: [], form: 'ask' };
  const step = resume(library, { v: 1, frames: [frame], askedAt: now }, { type: 'text', text }, now);
  return definition !== undefined && 'ask' in definition && topFrame(step.session)?.node === definition.yes;
}
