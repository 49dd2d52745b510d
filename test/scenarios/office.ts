/** What the office, or other craftsmen, do in the middle of a scenario. */
import type { TestProduct } from '../support/product.ts';
import { duration, type Scenario } from './scenario.ts';

type Act = NonNullable<Scenario['turns'][number]['office']>;

/** The person of phone 1, and what the office does about them. */
export async function act({ parts, content, database }: TestProduct, doing: Act, now: number): Promise<void> {
  const { eventOffice, events, enrolments } = parts;
  const someone = async () => String((await database.connection.collection('persons').findOne({}))?._id);
  if ('move' in doing) {
    const { move, shift, place } = doing;
    await eventOffice.move(
      move,
      { shift: duration(shift), ...(place !== undefined && { place: { words: place } }) },
      now,
    );
  } else if ('cancel' in doing) await eventOffice.cancel(doing.cancel, doing.reason, now);
  else if ('choose' in doing) {
    const how = doing.reason === undefined ? { chosen: true as const } : { reason: doing.reason };
    await eventOffice.decide(doing.choose, await someone(), how, now);
  } else if ('attended' in doing) await eventOffice.attended(doing.attended, [await someone()], now);
  else if ('decide' in doing) {
    const { decide, state, why, filled } = doing;
    const one = await parts.applications.store.openOf(decide, await someone());
    if (!one) throw new Error(`There is no open application in ${decide}`);
    const decision = { revision: one.revision, state, by: 'officer', why, now, ...(filled && { filled }) };
    const outcome = await parts.applications.office.decide(one._id, decision);
    if (outcome !== 'done') throw new Error(`The decision was not taken: ${outcome}`);
  } else if ('programme' in doing) {
    const { programme, state, reason } = doing;
    content.states.replace(new Map([[programme, { state, reason }]]));
  } else if ('publish' in doing) {
    const [rule = '', name = ''] = doing.publish.split('.');
    const published = { id: 'v1', rule, name, from: content.rules.dayOf(now), value: doing.value, range: null };
    content.rules.replace([{ ...published, source: 'Kantor', checked: content.rules.dayOf(now) }], false);
  } else if ('standing' in doing) await parts.registration.changePerson(await someone(), { standing: doing.standing });
  else if ('withdraw' in doing) await eventOffice.withdraw(doing.withdraw, 'other-1', now);
  else {
    const event = await events.event(doing.others);
    if (!event) throw new Error(`There is no event ${doing.others}`);
    for (let number = 1; number <= doing.count; number++) {
      const person = { id: `other-${number}`, name: `Orang Lain ${number}` };
      const contact = { id: `simulator:sim:9${number}`, channel: 'simulator' };
      await enrolments.enrol(event, { person, contact, companion: null, now });
    }
  }
}
