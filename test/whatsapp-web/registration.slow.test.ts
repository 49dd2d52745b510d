/** Registration from end to end: a person on WhatsApp, the library in a real browser, the whole turn, a real database. */
import { afterEach, expect, it } from 'vitest';
import { readScenario } from '../scenarios/scenario.ts';
import { startWhatsAppProduct, type WhatsAppProduct } from './product.ts';
import { ANA, ANA_LID, BEN } from './world.ts';

let whatsapp: WhatsAppProduct;
afterEach(() => whatsapp.stop());

/** A registration number is drawn for each message id. */
const withoutNumber = (text: string): string => text.replace(/\*\d{3} \d{3}\*/, '*nomor*');

it.each(['01-jalan-lurus', '03-banjar', '07-kembali-betulkan'])(
  'registration on WhatsApp says what it says anywhere: %s',
  async (name) => {
    whatsapp = await startWhatsAppProduct();
    const { turns, stored } = readScenario(`flows/registration/scenarios/${name}.yaml`);
    for (const { send, back } of turns)
      if (typeof send === 'string')
        expect((await whatsapp.say(ANA, send)).map(withoutNumber)).toEqual(back.map(withoutNumber));
    const persons = await whatsapp.database.connection.collection('persons').find({}).toArray();
    expect(persons.map((person) => person['name'] as string)).toEqual(stored.persons.map((person) => person['name']));
    expect(whatsapp.server.faults).toEqual([]);
    expect(whatsapp.server.unread(ANA)).toBe(0);
  },
);

it('goes on under the other address of the same person, and keeps two persons apart', async () => {
  whatsapp = await startWhatsAppProduct();
  await whatsapp.say(ANA, 'halo');
  await whatsapp.say(ANA, 'iya');
  await whatsapp.say(BEN, 'halo');
  whatsapp.server.behave({ lids: [{ lid: ANA_LID, phone: ANA, known: true }] });
  const [answer = ''] = await whatsapp.say(ANA_LID, 'Siti Contoh');
  expect(answer).toContain('Siti Contoh');
  expect(whatsapp.on(BEN)).toHaveLength(2);
});
