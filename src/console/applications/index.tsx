/** Applications: the board, one card, its papers, and what an officer decides. */
import { mainLanguage } from '../../content/locales.ts';
import { createTexts } from '../../content/texts.ts';
import { saysGranted } from '../../programmes/applications/granted.ts';
import type { Application, ApplicationState } from '../../programmes/applications/model.ts';
import { reasonsIn } from '../../programmes/applications/reasons.ts';
import { ofPerson } from '../../shared/purpose.ts';
import type { AuditKind } from '../audit/store.ts';
import type { ConsoleParts } from '../parts.ts';
import { Refusal, route, type Context, type Reply, type Route } from '../shell/page.tsx';
import { BoardPage } from './board.tsx';
import { CardPage, type CardProps } from './card.tsx';
import {
  boardSchema,
  cancelSchema,
  cardSchema,
  decideSchema,
  paperSchema,
  revealSchema,
  type DecideInput,
} from './input.ts';

/** Lines of the board; more than an office works on at a time. */
const BOARD = 200;

/** Appointments that are shown: of two weeks, in milliseconds. */
const AHEAD = 14 * 86_400_000;

export function createApplicationPages(parts: ConsoleParts): Route[] {
  const { content, audit, product } = parts;
  const { store, office } = product.applications;
  const texts = createTexts(content);
  const words = (programme: string, key: string): string | undefined =>
    content.locales.has(mainLanguage, programme, key)
      ? content.locales.text(mainLanguage, programme, key, {})
      : undefined;
  const fileOf = (id: string) => content.flows.programmes.find(({ programme }) => programme === id);
  const programmes = content.flows.programmes
    .filter(({ application }) => application)
    .map(({ programme }) => ({ id: programme, name: words(programme, 'application.name') ?? programme }));
  const nameOf = (id: string) => programmes.find((one) => one.id === id)?.name ?? id;
  const stateName = ({ programme }: Application, state: ApplicationState) => words(programme, `states.${state}`);

  const note = (context: Context, what: AuditKind, one: Application, more: object = {}) =>
    audit.note({
      what,
      account: context.me._id,
      at: new Date(context.now),
      person: one.person,
      thing: one._id,
      ...more,
    });

  /** The answers under the words of their questions; what has none is shown by its own name. */
  function answersOf({ programme, answers }: Application): CardProps['answers'] {
    const fields = new Map(
      content.flows.sources
        .filter((source) => source.programme === programme)
        .flatMap(({ file }) =>
          Object.entries(file.nodes).flatMap(([node, definition]) =>
            'ask' in definition && definition.save !== undefined
              ? [
                  [
                    definition.save,
                    words(programme, `${file.flow}.${node}.field`) ??
                      words(programme, `${file.flow}.${node}.ask`) ??
                      node,
                  ] as const,
                ]
              : [],
          ),
        ),
    );
    // Papers stand below with their pictures.
    const told = Object.entries(answers).filter(([place]) => !place.startsWith('paper.'));
    return told.flatMap(([place, answer]) => {
      const label = fields.get(place);
      return label === undefined ? [] : [{ label, value: texts.answer(mainLanguage, programme, answer) }];
    });
  }

  /** With the limits as they hold now; a rule that has gone leaves the bare names. */
  function reasonsOf(programme: string, rule: string, because: readonly string[], now: number): readonly string[] {
    const held = content.rules.at(now).get(rule);
    if (!held) return because;
    return reasonsIn(held, because, (id, values) => {
      const key = `options.reasons.${id}.label`;
      return words(programme, key) === undefined ? id : content.locales.text(mainLanguage, programme, key, values);
    });
  }

  async function cardOf(context: Context, id: string): Promise<CardProps | undefined> {
    const application = await store.find(id);
    if (!application) return undefined;
    const { programme, judged, person } = application;
    const [identity, staff] = await Promise.all([store.identity(person), parts.staff()]);
    return {
      ...{ context, application, identity, staff, name: nameOf(programme), next: office.nextOf(application) },
      answers: answersOf(application),
      judged: judged.map(({ rule, verdict, because, version }) => ({
        ...{ name: context.t.of('rules', rule), verdict, version },
        because: reasonsOf(programme, rule, because, context.now).join(', '),
      })),
      stateName: (state) => stateName(application, state),
      paperName: (paper) => words(programme, `papers.${paper}`) ?? context.t('applications.morePaper'),
      asks: Object.entries(fileOf(programme)?.application?.asks ?? {}).map(([name, { label }]) => ({ name, label })),
    };
  }

  const show = (props: CardProps, status = 200): Reply => ({
    page: <CardPage {...props} />,
    title: `${props.name} ${props.application.number}`,
    status,
  });

  /** What an officer fills in, checked; one field a programme. */
  function filledBy(
    { t }: Context,
    one: Application,
    { keadaan, nomor = '' }: DecideInput,
  ): Record<string, string> | undefined {
    const [ask] = Object.entries(fileOf(one.programme)?.application?.asks ?? {});
    if (!ask || keadaan !== 'approved') return undefined;
    const [name, { kind }] = ask;
    const value = kind === 'nib' ? nomor.replace(/[\s.-]/g, '') : nomor;
    if (value === '' || (kind === 'nib' && !/^\d{12,13}$/.test(value)))
      throw new Refusal(t('applications.needsNumber'));
    return { [name]: value };
  }

  /** Where a programme has its own word for "approved", the office does not grant it, and its reason must not either. */
  const beyondUs = ({ t }: Context, application: Application, reason: string): string[] =>
    stateName(application, 'approved') !== undefined && saysGranted(reason) ? [t('applications.beyondUs')] : [];

  async function decide(context: Context, input: DecideInput): Promise<Reply> {
    const { t, me, now } = context;
    const props = await cardOf(context, input.id);
    if (!props) return { missing: true };
    const { application } = props;
    const { keadaan, alasan, tetap, revisi, nomor = '' } = input;
    const needsReason = keadaan === 'declined' || keadaan === 'needs' || (keadaan === 'checking' && !application.open);
    if (needsReason && alasan === '') throw new Refusal(t('applications.needsReason'));
    const filled = filledBy(context, application, input);
    // The person reads the reason, so it goes through the same lint as all that craftsmen read.
    const hard = alasan === '' ? [] : [...product.broadcasts.check(alasan), ...beyondUs(context, application, alasan)];
    if (hard.length > 0 && tetap === undefined)
      return show({ ...props, problem: { words: hard, keadaan, alasan, nomor } }, 422);
    if (application.revision !== revisi) throw new Refusal(t('applications.stale'));
    const changes = { state: { from: application.state, to: keadaan } };
    await note(context, 'application', application, { changes, reason: alasan });
    const outcome = await office.decide(application._id, {
      ...{ revision: revisi, state: keadaan, by: me._id, why: alasan, now },
      ...(filled && { filled }),
    });
    if (outcome !== 'done') throw new Refusal(t('applications.stale'));
    context.say(t('applications.saved'));
    return { to: `/pengajuan/${application._id}` };
  }

  return [
    route({
      ...{ method: 'get', path: '/pengajuan', may: 'applications.see', input: boardSchema },
      async handle(context, input) {
        const filter = {
          open: input.selesai === undefined,
          ...(input.program !== undefined && { programme: input.program }),
        };
        const [rows, appointments] = await Promise.all([
          store.board(filter, BOARD),
          product.appointments.store.between(context.now, context.now + AHEAD),
        ]);
        return {
          page: <BoardPage {...{ context, rows, input, programmes, appointments, stateName }} />,
          title: context.t('nav.applications'),
        };
      },
    }),
    route({
      ...{ method: 'post', path: '/pengajuan/batal-janji', may: 'applications.decide', input: cancelSchema },
      async handle(context, { janji }) {
        const found = await product.appointments.store.find(janji);
        if (!found) return { missing: true };
        await audit.note({
          what: 'appointment',
          account: context.me._id,
          at: new Date(context.now),
          person: found.person,
          thing: janji,
        });
        await product.appointments.store.cancel(janji);
        context.say(context.t('applications.cancelled'));
        return { to: '/pengajuan' };
      },
    }),
    route({
      ...{ method: 'get', path: '/pengajuan/:id', may: 'applications.see', input: cardSchema },
      async handle(context, { id }) {
        const props = await cardOf(context, id);
        if (!props) return { missing: true };
        await note(context, 'see application', props.application);
        return show(props);
      },
    }),
    route({
      ...{ method: 'get', path: '/pengajuan/:id/berkas/:file', may: 'applications.see', input: paperSchema },
      async handle(context, { id, file }) {
        const application = await store.find(id);
        if (!application?.papers.some((paper) => paper.file === file)) return { missing: true };
        await note(context, 'see paper', application);
        const found = await product.files.find(file);
        if (!found) throw new Refusal(context.t('applications.locked'));
        return { file: found.bytes, type: found.type, name: found.name, inline: /^image\/(?!svg)/.test(found.type) };
      },
    }),
    route({
      ...{ method: 'post', path: '/pengajuan/:id/putusan', may: 'applications.decide', input: decideSchema },
      handle: decide,
    }),
    route({
      ...{ method: 'post', path: '/pengajuan/:id/nik', may: 'people.nik', input: revealSchema },
      async handle(context, { id, alasan }) {
        const props = await cardOf(context, id);
        if (!props?.identity) return { missing: true };
        await note(context, 'see number', props.application, { reason: alasan });
        const revealed = product.vault.open(props.identity.sealed, ofPerson(props.identity._id));
        if (revealed === undefined) throw new Refusal(context.t('applications.locked'));
        return show({ ...props, revealed });
      },
    }),
  ];
}
