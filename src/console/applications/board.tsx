/** The board: what waits for the office, the most urgent first, with the next thing to do. */
import type { VNode } from 'preact';
import type { Application, ApplicationState } from '../../programmes/applications/model.ts';
import type { Appointment } from '../../programmes/appointments/store.ts';
import type { Context } from '../shell/page.tsx';
import { Confirm, Form, Table, Tag } from '../shell/parts.tsx';
import type { BoardInput } from './input.ts';

export const stateTags: Record<ApplicationState, 'good' | 'warn' | 'bad' | 'plain'> = {
  ...{ submitted: 'warn', checking: 'warn', needs: 'plain', approved: 'good', declined: 'bad', withdrawn: 'plain' },
};

export const spaced = (number: string): string => `${number.slice(0, 3)} ${number.slice(3)}`;

export interface BoardProps {
  context: Context;
  rows: readonly Application[];
  input: BoardInput;
  programmes: readonly { id: string; name: string }[];
  appointments: readonly Appointment[];
  /** What a state is called where the programme has its own words for it. */
  stateName(one: Application, state: ApplicationState): string | undefined;
}

export function BoardPage(props: BoardProps): VNode {
  const { context, input, programmes } = props;
  const { t } = context;
  const link = (program: string | undefined, selesai: boolean) =>
    `/pengajuan?${new URLSearchParams({ ...(program !== undefined && { program }), ...(selesai && { selesai: '1' }) }).toString()}`;
  return (
    <>
      <h1>{t('nav.applications')}</h1>
      <nav class="tabs" aria-label={t('nav.applications')}>
        <a href={link(input.program, false)} aria-current={input.selesai ? undefined : 'page'}>
          {t('applications.open')}
        </a>
        <a href={link(input.program, true)} aria-current={input.selesai ? 'page' : undefined}>
          {t('applications.closed')}
        </a>
        <a
          href={link(undefined, input.selesai === '1')}
          aria-current={input.program === undefined ? 'true' : undefined}
        >
          {t('applications.all')}
        </a>
        {programmes.map(({ id, name }) => (
          <a href={link(id, input.selesai === '1')} aria-current={input.program === id ? 'true' : undefined}>
            {name}
          </a>
        ))}
      </nav>
      <Rows {...props} />
      {input.selesai === undefined && <Appointments {...props} />}
    </>
  );
}

function Rows({ context, rows, programmes, stateName }: BoardProps): VNode {
  const { t, times } = context;
  const nameOf = (id: string) => programmes.find((one) => one.id === id)?.name ?? id;
  return (
    <Table
      heads={[
        t('applications.number'),
        t('applications.who'),
        t('applications.what'),
        t('applications.state'),
        t('applications.due'),
        t('applications.next'),
      ]}
      empty={t('applications.none')}
      rows={rows.map((one) => [
        <a href={`/pengajuan/${one._id}`}>{spaced(one.number)}</a>,
        one.name === '' ? t('applications.erased') : one.name,
        nameOf(one.programme),
        <Tag kind={stateTags[one.state]}>{stateName(one, one.state) ?? t.of('applicationStates', one.state)}</Tag>,
        <Due context={context} application={one} />,
        one.open ? t.of('applicationNext', one.state) : times.short(one.since),
      ])}
    />
  );
}

/** By when it should be decided; what is late is marked, not only by its colour. */
export function Due({
  context: { t, times, now },
  application: { dueAt },
}: {
  context: Context;
  application: Application;
}): VNode {
  if (!dueAt) return <>–</>;
  const late = Number(dueAt) < now;
  return (
    <>
      {times.day(dueAt)} {late && <Tag kind="bad">{t('applications.late')}</Tag>}
    </>
  );
}

/** Who comes to the office. */
function Appointments({ context, appointments, programmes }: BoardProps): VNode {
  const { t, times, may } = context;
  return (
    <>
      <h2>{t('applications.appointments')}</h2>
      <Table
        heads={[t('people.when'), t('applications.who'), t('applications.what'), '']}
        empty={t('applications.noAppointments')}
        rows={appointments.map(({ _id, start, name, about }) => [
          times.full(start),
          name === '' ? t('applications.unregistered') : name,
          programmes.find(({ id }) => id === about)?.name ?? about,
          may('applications.decide') ? (
            <Confirm word={t('applications.cancel')} danger>
              <p>{t('applications.cancelHint')}</p>
              <Form context={context} action="/pengajuan/batal-janji">
                <input type="hidden" name="janji" value={_id} />
                <button class="danger">{t('applications.cancelYes')}</button>
              </Form>
            </Confirm>
          ) : (
            ''
          ),
        ])}
      />
    </>
  );
}
