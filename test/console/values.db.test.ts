/** Values that the office owns: what is not known and whom it blocks, a draft, published, and rolled back. */
import { describe, expect, it } from 'vitest';
import { readValue, showValue } from '../../src/console/values/reading.ts';
import { applyForKur, register } from './desk.ts';
import { office, textOf } from './office.ts';

const { desk, officer, collection } = office();
const page = '/nilai/kur/rate_super_mikro';
const today = () => desk().product.content.rules.dayOf(Date.now());
const write = (fields: Record<string, string>) =>
  officer().send(`${page}/rancangan`, { sumber: 'Surat Bank Kalsel', dicek: today(), mulai: today(), ...fields });
const held = () => desk().product.content.rules.rule('kur', Date.now()).values['rate_super_mikro'];
const newest = async () =>
  String((await collection('rule_values').find({}).sort({ 'written.at': -1 }).toArray())[0]?._id);

describe('values that nobody has told', () => {
  it('stand on one list, each with what waits for it; examples are marked', async () => {
    const list = await textOf(officer(), '/nilai');
    expect(list).toContain('Bunga KUR super mikro');
    expect(list).toContain('Hitungan cicilan sampai 10 juta');
    expect(list).toContain('Subsidi bunga dari kota sedang berjalan?');
    expect(list).toContain('CONTOH');
  });

  it('are written as a draft, which holds for nobody yet', async () => {
    expect((await write({ isi: '3 %' })).status).toBe(303);
    expect(held()?.value).toBeNull();
    expect(await textOf(officer(), page)).toContain('Rancangan');
  });

  it('hold once they are published, with their source, and the audit knows who did it', async () => {
    await officer().send(`${page}/terbitkan`, { id: await newest() });
    expect(held()).toMatchObject({ value: '0.03', source: 'Surat Bank Kalsel', unknown: null });
    expect(await collection('audit').findOne({ what: 'value', 'changes.state.to': 'published' })).toMatchObject({
      account: officer().account,
    });
    expect(await textOf(officer(), page)).toContain('3 %');
  });

  it('are a range while they are not settled', async () => {
    await write({ rendah: '3 %', tinggi: '6 %' });
    await officer().send(`${page}/terbitkan`, { id: await newest() });
    expect(held()).toMatchObject({ value: null, range: { low: '0.03', high: '0.06' } });
  });

  it('are rolled back to what held before, and once only', async () => {
    const id = await newest();
    await officer().send(`${page}/tarik`, { id, alasan: 'ternyata keliru' });
    expect(held()?.value).toBe('0.03');
    const again = await officer().send(`${page}/tarik`, { id, alasan: 'sekali lagi' });
    expect(await again.text()).toContain('Sudah diubah petugas lain');
  });

  it.each([
    [{ isi: 'enam' }, 'Persen setahun'],
    [{ isi: '6' }, 'Persen setahun'],
    [{}, 'Salah satu saja'],
    [{ isi: '3 %', rendah: '3 %', tinggi: '6 %' }, 'Salah satu saja'],
    [{ rendah: '6 %', tinggi: '3 %' }, 'lebih kecil'],
  ])('are refused as %j, and nothing is written', async (fields, words) => {
    const before = await collection('rule_values').countDocuments({});
    expect(await (await write(fields as Record<string, string>)).text()).toContain(words);
    expect(await collection('rule_values').countDocuments({})).toBe(before);
  });
});

describe('how long an application takes', () => {
  it('stands on the list as an example, and its day is told where one tries things out', async () => {
    const list = await textOf(officer(), '/nilai');
    expect(list).toContain('Hari kerja sampai ada kabar: kur');
    expect(list).toContain('Hari kerja sampai ada kabar: nib');
  });

  it('is promised to nobody where people are served, until the office has set it; the board has its day all the same', async () => {
    const { product } = desk();
    const { rules } = product.content;
    const told = async () => (await product.received('51')).map(({ text }) => text);
    rules.replace(await product.parts.ruleValues.published(), true);
    await register(product, '51', { name: 'Rabiah Contoh' });
    const id = await applyForKur(product, '51');
    expect((await told()).some((text) => text.includes('Nanti ada kabar di sini.'))).toBe(true);
    expect(await collection('applications').findOne({ _id: id as never })).toMatchObject({
      ...{ dueAt: expect.any(Date) as Date, promised: false },
    });
    await product.send('51', 's1', { kind: 'text', text: 'status' });
    expect((await told()).join('\n')).not.toContain('paling lambat');

    const days = '/nilai/kur_days/days';
    const draft = { isi: '7', sumber: 'Rapat kantor', dicek: today(), mulai: today() };
    await officer().send(`${days}/rancangan`, draft);
    await officer().send(`${days}/terbitkan`, { id: await newest() });
    rules.replace(await product.parts.ruleValues.published(), true);
    // What was sent in before keeps its silence; what is looked at now has the office's own day.
    await officer().send(`/pengajuan/${id}/putusan`, { revisi: '1', keadaan: 'checking', alasan: '' });
    await product.send('51', 's2', { kind: 'text', text: 'status' });
    expect((await told()).at(-1)).toContain('Kabar paling lambat');
  });
});

it('a value is read as Indonesians write it, and shown in the same way', () => {
  expect(['6 %', '6,5%', '0,06', '3%', '10 %', '6'].map((one) => readValue('rate', one))).toEqual([
    '0.06',
    '0.065',
    '0.06',
    '0.03',
    '0.1',
    undefined,
  ]);
  expect(['10.000.000', 'Rp 4.800.000.000', '-5', '1,5'].map((one) => readValue('money', one))).toEqual([
    10_000_000,
    4_800_000_000,
    undefined,
    undefined,
  ]);
  expect([readValue('yesno', 'Ya'), readValue('yesno', 'mungkin')]).toEqual([true, undefined]);
  expect([showValue('rate', '0.065'), showValue('money', 10_000_000), showValue('yesno', false)]).toEqual([
    '6,5 %',
    'Rp10.000.000',
    'tidak',
  ]);
});
