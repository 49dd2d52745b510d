import { expect, it } from 'vitest';
import { groupKey, nameKey, personNumber } from './names.ts';

it.each([
  ['Galoeh Tjempaka', 'Kelompok Galuh Cempaka'],
  ['KUBE  Melati', 'melati'],
  ['Kelompok', 'kelompok'],
])('a group is found again: "%s" is "%s"', (one, other) => expect(groupKey(one)).toBe(groupKey(other)));

it('groups of other names stay apart', () => expect(groupKey('Melati 1')).not.toBe(groupKey('Melati 2')));
it('a name is compared without marks and dots', () => expect(nameKey('Hj. Rukayah')).toBe(nameKey('hj rukayah')));

it('a number has six digits, is the same for the same key, and another one for another try', () => {
  expect(personNumber('a', 0)).toMatch(/^\d{6}$/);
  expect(personNumber('a', 0)).toBe(personNumber('a', 0));
  expect(personNumber('a', 1)).not.toBe(personNumber('a', 0));
});
