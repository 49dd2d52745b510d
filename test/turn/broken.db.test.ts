/** What is broken on our side: two times it is told, then it is a case and a person, whatever the cause. */
import { expect, it } from 'vitest';
import { ManualClock, MINUTE } from '../../src/shared/clock.ts';
import { MORNING } from '../support/outreach.ts';
import { wiredTests, type WiredProduct } from '../support/wired-product.ts';

const start = wiredTests();
const FROM = '1';
const CONTACT = `wire:${FROM}`;

const startAt = async () => {
  const clock = new ManualClock(MORNING);
  return { ...(await start({ clock })), clock };
};
const cases = ({ database }: WiredProduct) => database.connection.collection('cases').distinct('kind');

/** Says something a minute later; what came back. */
async function says(wired: WiredProduct & { clock: ManualClock }, text: string): Promise<string> {
  wired.clock.advance(MINUTE);
  const before = wired.wire.textsTo(FROM).length;
  await wired.wire.deliver(FROM, text, { at: wired.clock.now() });
  await wired.product.conversations.idle();
  return wired.wire.textsTo(FROM).slice(before).join('\n');
}

/** Puts a conversation's only frame somewhere, as a bad release would leave it. */
const standAt = async ({ database, product }: WiredProduct, flow: string, frame: object) => {
  const { version } = product.content.library.flow(flow) ?? {};
  const whole = { flow, version, waits: 'answer', answers: {}, trail: [], form: 'ask', ...frame };
  await database.connection
    .collection('conversations')
    .updateOne({ _id: CONTACT as never }, { $set: { session: { v: 1, frames: [whole], askedAt: 0 } } });
};

/** As a bad release would leave it: nobody can walk on from there. */
const breakIt = (wired: WiredProduct) => standAt(wired, 'register', { node: 'name', trail: null });

it('what fails each time that it is tried is told once, then handed on', async () => {
  const wired = await startAt();
  await says(wired, 'halo');
  await breakIt(wired);
  expect(await says(wired, 'Siti Aminah')).toContain('ada yang salah');
  expect(await cases(wired)).toContain('engine');
  expect(await cases(wired)).not.toContain('broken');
  await breakIt(wired);
  expect(await says(wired, 'Siti Aminah')).toContain('Saya minta petugas membantu');
  expect(await cases(wired)).toContain('broken');
  // What was in progress is left, so that the round has an end.
  expect(await says(wired, 'halo')).not.toContain('yang salah');
});

it('a message that can be neither handled nor answered makes a case, and the next one goes on', async () => {
  const wired = await startAt();
  await says(wired, 'halo');
  const conversations = wired.database.connection.collection('conversations');
  // Whatever the turn decides, the database refuses to write it.
  await conversations.updateOne({ _id: CONTACT as never }, { $set: { handled: 'rubbish' } });
  expect(await says(wired, 'iya')).toBe('');
  await expect.poll(() => cases(wired)).toContain('given_up');
  await conversations.updateOne({ _id: CONTACT as never }, { $set: { handled: {} } });
  expect(await says(wired, 'iya')).not.toBe('');
});
