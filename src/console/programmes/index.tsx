/** Programmes: whether each runs, and why not. What is decided here is told to craftsmen within the minute. */
import { z } from 'zod';
import { optional, word } from '../shell/fields.ts';
import { programmeFileSchema } from '../../content/programme-file.ts';
import type { ProgrammeState } from '../../content/programme-states.ts';
import type { ConsoleParts } from '../parts.ts';
import { Refusal, route, type Context, type Route } from '../shell/page.tsx';
import { Field, Form, Select, Tag } from '../shell/parts.tsx';
import { createProgrammeStore, type StoredState } from './store.ts';

const states = programmeFileSchema.shape.state.options;
const tags = { open: 'good', paused: 'warn', closed: 'bad', unknown: 'plain' } as const;

/** As much as fits into one message beside the rest of it. */
const REASON = 90;

const changeSchema = z.strictObject({
  program: word,
  keadaan: z.enum(states as unknown as ['open', 'paused', 'closed', 'unknown']),
  alasan: z.string().trim().max(REASON).default(''),
  /** "1": although it is hard to read. */
  tetap: optional(z.literal('1')),
});

export function createProgrammePages(parts: ConsoleParts): Route[] {
  const { content, audit, connection, product } = parts;
  const store = createProgrammeStore(connection);
  const list = async (
    context: Context,
    problem?: { program: string; words: readonly string[]; alasan: string; keadaan: ProgrammeState },
  ) => {
    const [stored, staff] = await Promise.all([store.all(), parts.staff()]);
    const { t, times, may } = context;
    const of = (programme: string): StoredState | undefined => stored.find(({ _id }) => _id === programme);
    const page = (
      <>
        <h1>{t('nav.programmes')}</h1>
        <p class="hint">{t('programmes.hint')}</p>
        <ul class="plain cards">
          {content.states.programmes.map((programme) => {
            const { state, reason } = of(programme) ?? content.states.of(programme);
            const changed = of(programme);
            const wrong = problem?.program === programme ? problem : undefined;
            return (
              <li>
                <h2>{content.states.nameOf(programme)}</h2>
                <p>
                  <Tag kind={tags[state]}>{t.of('programmeStates', state)}</Tag> {reason}
                </p>
                {changed && (
                  <p class="hint">
                    {t('programmes.changed', {
                      who: staff.get(changed.by)?.name ?? changed.by,
                      when: times.full(changed.at),
                    })}
                  </p>
                )}
                {wrong && (
                  <div class="said bad" role="alert">
                    {wrong.words.map((words) => (
                      <p>{words}</p>
                    ))}
                  </div>
                )}
                {may('programmes.change') && (
                  <Form context={context} action={`/program/${programme}`}>
                    <Select
                      name="keadaan"
                      label={t('programmes.state')}
                      value={wrong?.keadaan ?? state}
                      options={states.map((one) => ({ value: one, label: t.of('programmeStates', one) }))}
                    />
                    <Field
                      name="alasan"
                      label={t('programmes.reason')}
                      value={wrong?.alasan ?? reason}
                      maxlength={REASON}
                      hint={t('programmes.reasonHint')}
                    />
                    {wrong && <input type="hidden" name="tetap" value="1" />}
                    <button>{t(wrong ? 'forms.saveAnyway' : 'forms.save')}</button>
                  </Form>
                )}
              </li>
            );
          })}
        </ul>
      </>
    );
    return { page, title: t('nav.programmes'), ...(problem && { status: 422 }) };
  };
  return [
    route({
      ...{ method: 'get', path: '/program', may: 'programmes.see', input: z.strictObject({}) },
      handle: (context) => list(context),
    }),
    route({
      ...{ method: 'post', path: '/program/:program', may: 'programmes.change', input: changeSchema },
      async handle(context, { program, keadaan, alasan, tetap }) {
        const { t, me, now } = context;
        if (!content.states.programmes.includes(program)) return { missing: true };
        if (keadaan !== 'open' && alasan === '') throw new Refusal(t('programmes.needsReason'));
        // Craftsmen read the reason, so it goes through the same lint as all that they read.
        const words = alasan === '' ? [] : product.broadcasts.check(alasan);
        if (words.length > 0 && tetap === undefined) return list(context, { program, words, alasan, keadaan });
        const before = content.states.of(program);
        const changes = { state: { from: before.state, to: keadaan } };
        await audit.note({
          ...{ what: 'programme', account: me._id, at: new Date(now) },
          thing: program,
          changes,
          reason: alasan,
        });
        await store.save({ _id: program, state: keadaan, reason: alasan, by: me._id, at: new Date(now) });
        await refreshStates(parts);
        context.say(t('programmes.saved', { name: content.states.nameOf(program) }));
        return { to: '/program' };
      },
    }),
  ];
}

/** Reads what staff have decided, also in another process. Within the minute it holds for everybody. */
export async function refreshStates({
  connection,
  content,
}: Pick<ConsoleParts, 'connection' | 'content'>): Promise<void> {
  const stored = await createProgrammeStore(connection).all();
  content.states.replace(new Map(stored.map(({ _id, state, reason }) => [_id, { state, reason }])));
}
