/** Plays a scenario through the simulator's HTTP, the whole turn and a real database, and tells what was heard and stored. */
import { numberedText } from '../../src/channels/channel.ts';
import type { ManualClock } from '../../src/shared/clock.ts';
import { findSecrets } from '../../src/understanding/index.ts';
import { pictureOf } from '../support/picture.ts';
import type { Received, TestProduct } from '../support/product.ts';
import { act } from './office.ts';
import { duration, type Heard, type Scenario, type Stored } from './scenario.ts';

const HALF_HOUR = 1_800_000;

/** Numbers of cards that a scenario sends, digits only. */
export const numbersIn = ({ turns }: Scenario): string[] =>
  turns.flatMap(({ send }) =>
    typeof send === 'string'
      ? findSecrets(send).flatMap(({ kind, written }) => (kind === 'number' ? [written] : []))
      : [],
  );

/** Sends each turn and waits until all is answered; returns what came by itself and what came back. */
export async function play(
  product: TestProduct,
  scenario: Scenario,
  clock: ManualClock,
  phone: string,
  ids = phone,
): Promise<Heard[]> {
  const heard: Heard[] = [];
  let seen = (await product.received(phone)).length;
  const news = async () => {
    const all = await product.received(phone);
    const texts = all.slice(seen).map((message) => shownOf(message));
    seen = all.length;
    return texts;
  };
  for (const [index, { send, wait, office }] of scenario.turns.entries()) {
    if (office) await act(product, office, clock.now());
    await pass(
      product,
      clock,
      wait === undefined ? 1_000 : duration(wait),
      scenario.speaks || scenario.events.length > 0,
    );
    const arrives = await news();
    if (send !== undefined) await product.send(phone, `${ids}-${index}`, await messageOf(product, phone, send));
    heard.push({ arrives, back: await news() });
  }
  return heard;
}

/** "registration/01-jalan-lurus" as a file. */
export const before = (name: string): string => `${name.replace('/', '/scenarios/')}.yaml`;

/** Lets time pass; where there are events, what falls due is sent as it would be, looked at every half hour. */
async function pass(product: TestProduct, clock: ManualClock, span: number, speaks: boolean): Promise<void> {
  for (let left = span; left > 0; left -= HALF_HOUR) {
    clock.advance(Math.min(left, HALF_HOUR));
    if (!speaks) continue;
    await product.outreach.plan();
    await product.outreach.send();
  }
}

/** As it stands on the phone; what goes with it is named behind it. */
const shownOf = (message: Received): string =>
  message.attachment ? `${numberedText(message)} [${message.attachment.name}]` : numberedText(message);

async function messageOf(product: TestProduct, phone: string, send: NonNullable<Scenario['turns'][number]['send']>) {
  if (typeof send === 'string') return { kind: 'text', text: send };
  if ('photo' in send) return { kind: 'photo', media: await product.upload(phone, await pictureOf(send.photo)) };
  if ('forwarded' in send) return { kind: 'text', text: send.forwarded.repeat(send.times) };
  if ('kind' in send) return { kind: send.kind };
  const prompt = (await product.received(phone)).findLast(({ options }) => options.length > 0);
  const option = prompt?.options.find(({ id, label }) => id === send.tap || label === send.tap);
  if (!prompt || !option) throw new Error(`No option "${send.tap}" is on the screen`);
  return { kind: 'tap', tap: { option: option.id, prompt: prompt.id } };
}

/** What stands in the database, without ids and times, in words that can be read. */
export async function storedIn({ database: { connection } }: TestProduct): Promise<Stored> {
  const all = (name: string) =>
    connection.collection(name).find({}).sort({ createdAt: 1, at: 1, openedAt: 1 }).toArray();
  const groups = await all('groups');
  const persons = await all('persons');
  const nameOf = (id: unknown) => persons.find(({ _id }) => String(_id) === id)?.['name'] as unknown;
  return {
    persons: persons.map(({ number, name, crafts, kelurahan, business, group, years, yearsSaid, standing }) => ({
      ...{ number, name, crafts, kelurahan, business },
      ...(group !== null && { group: groups.find(({ _id }) => String(_id) === group)?.['name'] as unknown }),
      ...(years !== null && { years }),
      ...(yearsSaid !== null && { yearsSaid }),
      standing,
    })),
    groups: groups.map(({ name, kelurahan, leader }) => ({
      name,
      kelurahan,
      ...(leader !== null && { leader: nameOf(leader) }),
    })),
    consents: (await all('consents')).map(({ purpose, layer, channel, helper, withdrawnAt }) => ({
      ...{ purpose, layer, channel },
      ...(helper !== null && { helper }),
      ...(withdrawnAt !== null && { withdrawn: true }),
    })),
    erasures: (await all('erasures')).map(({ channel }) => ({ channel })),
    enrolments: (await all('enrolments'))
      .filter(({ person }) => !String(person).startsWith('other-'))
      .map(({ event, state, companion, present, feedback }) => ({
        ...{ event, state },
        ...(companion !== null && { companion }),
        ...((present as unknown[]).length > 0 && { present: (present as unknown[]).length }),
        ...((feedback as unknown[]).length > 0 && { feedback: feedback as unknown }),
      })),
    applications: (await all('applications')).map(({ programme, state, papers, judged, history, filled }) => ({
      ...{ programme, state, steps: (history as { state: string }[]).map((step) => step.state) },
      ...((papers as unknown[]).length > 0 && { papers: (papers as { paper: string }[]).map(({ paper }) => paper) }),
      ...((judged as unknown[]).length > 0 && {
        judged: (judged as { version: string; verdict: string }[]).map(
          ({ version, verdict }) => `${version} ${verdict}`,
        ),
      }),
      ...(Object.keys(filled as object).length > 0 && { filled: filled as unknown }),
    })),
    appointments: (await all('appointments')).map(({ start, about }) => ({
      start: new Date(Number(start) + 8 * 3_600_000).toISOString().slice(0, 16),
      about: about as unknown,
    })),
    deliveries: (await all('deliveries'))
      .filter(({ person }) => !String(person).startsWith('other-'))
      .map(({ kind, slot, state, reason }) =>
        [kind, String(slot).split('@')[0], state, reason === undefined ? '' : `(${String(reason)})`].join(' ').trim(),
      )
      .sort(),
    cases: (await all('cases')).map(({ kind }) => String(kind)).sort(),
  };
}
