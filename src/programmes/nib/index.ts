/** NIB: the business code from plain words, and the number itself. */
import type { Answer, Answers } from '../../engine/index.ts';
import type { Action, ActionContext, ActionResult, Programme } from '../programme.ts';
import { createKbliFinder, type KbliCode, type KbliFile } from './kbli.ts';

/** A number that went through a spreadsheet has lost a leading nought (domain.md §1.1). */
const LENGTH = 13;

/** @param kbli the codes, read when they are first needed */
export function createNib(kbli: () => KbliFile): Programme {
  let finder: ReturnType<typeof createKbliFinder> | undefined;
  const find = (words: string) => (finder ??= createKbliFinder(kbli()))(words);
  const action = (outcomes: readonly string[], run: (context: ActionContext) => ActionResult): Action => ({
    ...{ outcomes, changes: false, run: (context) => Promise.resolve(run(context)) },
  });
  return {
    id: 'nib',
    prepare: () => void find(''),
    actions: {
      find: action(['sure', 'several', 'doubtful', 'none'], ({ answers }) => {
        const { codes, sure } = find(textOf(answers['nib.description']));
        const [best] = codes;
        if (!best) return { outcome: 'none' };
        const values = told(best);
        if (sure) return { outcome: 'sure', values };
        if (codes.length === 1) return { outcome: 'doubtful', values };
        return { outcome: 'several', values: { 'nib.codes': listOf(codes) } };
      }),
      choose: action(['sure', 'doubtful'], ({ answers }) => {
        const picked = answers['nib.picked'];
        const code = kbli().codes.find(({ id }) => picked?.kind === 'picked' && id === picked.id);
        return code ? { outcome: code.sure ? 'sure' : 'doubtful', values: told(code) } : { outcome: 'doubtful' };
      }),
      check: action(['whole', 'short'], ({ answers }) => ({
        outcome: textOf(answers['nib.given']).length < LENGTH ? 'short' : 'whole',
        values: { 'fact.nib': text('told') },
      })),
      photo: action(['done'], () => ({ outcome: 'done', values: { 'fact.nib': text('told') } })),
    },
  };
}

const text = (value: string): Answer => ({ kind: 'text', text: value });
const textOf = (answer: Answer | undefined): string => (answer?.kind === 'text' ? answer.text : '');

/** Both editions side by side: which one OSS shows just now is not known. */
const told = ({ id, name, kbli2020, kbli2025 }: KbliCode): Answers => ({
  'nib.craft': text(name),
  'nib.code': text(id),
  'nib.kbli2020': text(kbli2020),
  'nib.kbli2025': text(kbli2025),
});

const listOf = (codes: readonly KbliCode[]): Answer => ({
  kind: 'list',
  items: codes.map(({ id, name }) => ({ id, label: name })),
});
