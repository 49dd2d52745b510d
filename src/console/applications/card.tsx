/** One application: everything that was answered, what the rules said, the papers, what has happened, and the next step. */
import type { VNode } from 'preact';
import type { Account } from '../access/store.ts';
import type { Application, ApplicationState, HistoryStep } from '../../programmes/applications/model.ts';
import type { Identity } from '../../programmes/applications/store.ts';
import type { Context } from '../shell/page.tsx';
import { Field, Form, Table, Tag } from '../shell/parts.tsx';
import { Due, spaced, stateTags } from './board.tsx';

export interface CardProps {
  context: Context;
  application: Application;
  name: string;
  /** What was answered, in words. */
  answers: readonly { label: string; value: string }[];
  /** What each rule said when it was sent in, in words. */
  judged: readonly { name: string; verdict: string; because: string; version: string }[];
  paperName(id: string): string;
  /** What a state is called where the programme has its own words for it. */
  stateName(state: ApplicationState): string | undefined;
  /** What an officer fills in when it is approved. */
  asks: readonly { name: string; label: string }[];
  next: readonly ApplicationState[];
  identity: Identity | null;
  /** The whole number, once for this page, after a reason was given. */
  revealed?: string;
  staff: ReadonlyMap<string, Account>;
  problem?: { words: readonly string[]; keadaan: ApplicationState; alasan: string; nomor: string };
}

export function CardPage(props: CardProps): VNode {
  const { context, application, name } = props;
  const { t, may } = context;
  return (
    <>
      <p class="crumbs">
        <a href="/pengajuan">{t('nav.applications')}</a>
      </p>
      <h1>
        {name} {spaced(application.number)}
      </h1>
      <p class="tags">
        <Tag kind={stateTags[application.state]}>
          {props.stateName(application.state) ?? t.of('applicationStates', application.state)}
        </Tag>{' '}
        {application.dueAt && (
          <span>
            {t('applications.due')}: <Due context={context} application={application} />
          </span>
        )}
      </p>
      <div class="desk">
        <section>
          <Told {...props} />
          <Judged {...props} />
          <Papers {...props} />
          <History {...props} />
        </section>
        <aside class="card-side">
          {may('applications.decide') && props.next.length > 0 && <Decide {...props} />}
          <Number {...props} />
        </aside>
      </div>
    </>
  );
}

function Told({ context, application, answers }: CardProps): VNode {
  const { t, times, may } = context;
  return (
    <dl class="facts panel">
      <dt>{t('applications.who')}</dt>
      <dd>
        {application.person === '' ? (
          t('applications.erased')
        ) : may('people.see') ? (
          <a href={`/orang/${application.person}`}>{application.name}</a>
        ) : (
          application.name
        )}
      </dd>
      <dt>{t('applications.since')}</dt>
      <dd>{times.full(application.history[0]?.at ?? application.since)}</dd>
      {answers.map(({ label, value }) => (
        <>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </>
      ))}
    </dl>
  );
}

function Judged({ context: { t }, judged }: CardProps): VNode {
  if (judged.length === 0) return <></>;
  return (
    <>
      <h2>{t('applications.rules')}</h2>
      <Table
        heads={[
          t('applications.rule'),
          t('applications.verdict'),
          t('applications.because'),
          t('applications.version'),
        ]}
        empty=""
        rows={judged.map(({ name, verdict, because, version }) => [name, t.of('verdicts', verdict), because, version])}
      />
    </>
  );
}

function Papers({ context: { t, times }, application, paperName }: CardProps): VNode {
  return (
    <>
      <h2>{t('applications.papers')}</h2>
      {application.papers.length === 0 && <p class="empty">{t('applications.noPapers')}</p>}
      <ul class="plain papers">
        {application.papers.map(({ paper, file, type, at }) => (
          <li>
            <a href={`/pengajuan/${application._id}/berkas/${file}`}>
              {paperName(paper)}, {times.short(at)}
              {type.startsWith('image/') && (
                <img src={`/pengajuan/${application._id}/berkas/${file}`} alt={paperName(paper)} loading="lazy" />
              )}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

function History({ context: { t, times }, application, staff, stateName }: CardProps): VNode {
  const who = ({ by }: HistoryStep) => (by === 'person' ? t('applications.person') : (staff.get(by)?.name ?? by));
  return (
    <>
      <h2>{t('applications.history')}</h2>
      <Table
        heads={[t('people.when'), t('applications.state'), t('audit.who'), t('people.reason')]}
        empty=""
        rows={[...application.history]
          .reverse()
          .map((step) => [
            times.full(step.at),
            stateName(step.state) ?? t.of('applicationStates', step.state),
            who(step),
            step.why,
          ])}
      />
    </>
  );
}

function Decide({ context, application, asks, next, problem, stateName }: CardProps): VNode {
  const { t } = context;
  return (
    <Form context={context} action={`/pengajuan/${application._id}/putusan`} class="panel">
      <h2>{t('applications.decide')}</h2>
      <input type="hidden" name="revisi" value={application.revision} />
      {problem && (
        <div class="said bad" role="alert">
          {problem.words.map((words) => (
            <p>{words}</p>
          ))}
          <input type="hidden" name="tetap" value="1" />
        </div>
      )}
      <fieldset>
        <legend>{t('applications.step')}</legend>
        {next.map((state, index) => (
          <label class="check">
            <input
              type="radio"
              name="keadaan"
              value={state}
              checked={problem ? problem.keadaan === state : index === 0}
            />{' '}
            {stateName(state) ?? t.of('applicationActs', state)}
          </label>
        ))}
      </fieldset>
      {asks.map(({ label }) => (
        <Field
          name="nomor"
          label={label}
          value={problem?.nomor ?? application.filled['number'] ?? ''}
          hint={t('applications.askHint')}
        />
      ))}
      <Field
        name="alasan"
        label={t('applications.why')}
        value={problem?.alasan ?? ''}
        maxlength={120}
        hint={t('applications.whyHint')}
      />
      <button>{t(problem ? 'forms.saveAnyway' : 'applications.save')}</button>
    </Form>
  );
}

/** The number of the card: its last four digits; the whole only to who may, with a reason, and noted. */
function Number({ context, application, identity, revealed }: CardProps): VNode {
  const { t, may } = context;
  if (!identity) return <></>;
  return (
    <div class="panel">
      <h2>{t('applications.nik')}</h2>
      <p>{revealed === undefined ? `•••• •••• •••• ${identity.last4}` : revealed.replace(/(.{4})(?=.)/g, '$1 ')}</p>
      {identity.odd.map((odd) => (
        <p class="hint">{t.of('nikOddities', odd)}</p>
      ))}
      {revealed === undefined && may('people.nik') && (
        <Form context={context} action={`/pengajuan/${application._id}/nik`}>
          <Field name="alasan" label={t('applications.nikWhy')} required minlength={5} maxlength={200} />
          <button class="quiet">{t('applications.nikShow')}</button>
        </Form>
      )}
    </div>
  );
}
