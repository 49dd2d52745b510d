/** What the office, or other craftsmen, do in the middle of a scenario. */
import type { TestProduct } from '../support/product.ts';
import { duration, type Scenario } from './scenario.ts';

type Act = NonNullable<Scenario['turns'][number]['office']>;

/** The person of phone 1, and what the office does about them. */
export async function act({ parts, database }: TestProduct, doing: Act, now: number): Promise<void> {
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
