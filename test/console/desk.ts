/** The console as its users reach it: over HTTP, each with a browser's cookies, in a product with a real database. */
import { randomUUID } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import type { Role } from '../../src/console/access/roles.ts';
import { pictureOf } from '../support/picture.ts';
import { startProduct, type TestProduct } from '../support/product.ts';
import { PASSWORD, Visitor } from './visitor.ts';

export { PASSWORD, Visitor };

/** One hash for all accounts of a test run: making it takes time on purpose. */
let known: Promise<string> | undefined;
const passwordHash = (): Promise<string> => (known ??= hash(PASSWORD));

export interface TestDesk {
  product: TestProduct;
  /** Somebody with a role who has signed in. */
  visitor(role: Role, kelurahan?: string, name?: string): Promise<Visitor & { account: string; login: string }>;
  stranger(): Visitor;
}

/** @param headers what a proxy in front adds to each request */
export async function startDesk(
  parts: Parameters<typeof startProduct>[0] = {},
  headers: Record<string, string> = {},
): Promise<TestDesk> {
  const product = await startProduct(parts);
  const accounts = product.database.connection.collection('accounts');
  const stranger = () => new Visitor(product.address, headers);
  return {
    product,
    stranger,
    async visitor(role, kelurahan, name) {
      const id = randomUUID().slice(0, 13);
      const login = `${role}-${id.slice(0, 6)}`;
      await accounts.insertOne({
        ...{ _id: id as never, login, name: name ?? `Ibu ${login}`, role, kelurahan: kelurahan ?? null },
        ...{ hash: await passwordHash(), active: true, language: 'id', leave: null, sessionsFrom: 0 },
        createdAt: new Date(),
      });
      const visitor = stranger();
      const answer = await visitor.signIn(login);
      if (answer.status !== 303) throw new Error(`${login} could not sign in: ${answer.status}`);
      return Object.assign(visitor, { account: id, login });
    },
  };
}

/** Somebody registers in the simulator; resolves with the person's id. */
export async function register(
  product: TestProduct,
  phone: string,
  { name = 'Siti Aminah', craft = 'purun', kelurahan = 'palam' } = {},
): Promise<string> {
  const answers = ['halo', 'ya', name, craft, kelurahan, 'sendiri', '12', 'ya'];
  for (const [index, text] of answers.entries()) await product.send(phone, `r${index}`, { kind: 'text', text });
  const person = await product.database.connection.collection('persons').findOne({ contact: `simulator:sim:${phone}` });
  if (!person) throw new Error(`Nobody was registered on phone ${phone}`);
  return String(person._id);
}

/** A registered person asks for KUR, with a photo; resolves with the id of the application. */
export async function applyForKur(product: TestProduct, phone: string): Promise<string> {
  const say = (id: string, text: string) => product.send(phone, id, { kind: 'text', text });
  const answers = ['kur', 'ya', 'ya', 'belum pernah', '15 juta', 'ya', '24 bulan', '2 juta', 'sudah', 'ya'];
  for (const [index, text] of answers.entries()) await say(`k${index}`, text);
  await product.send(phone, 'k-photo', {
    kind: 'photo',
    media: await product.upload(phone, await pictureOf('KTP contoh')),
  });
  for (const [index, text] of ['lewati', 'lewati', 'ya'].entries()) await say(`l${index}`, text);
  const found = await product.database.connection
    .collection('applications')
    .findOne({ contact: `simulator:sim:${phone}` });
  if (!found) throw new Error(`Nobody on phone ${phone} has applied`);
  return String(found._id);
}

/** An open case of a phone; resolves with its id. */
export async function caseOf(product: TestProduct, phone: string): Promise<string> {
  await product.send(phone, `c${randomUUID().slice(0, 8)}`, { kind: 'text', text: 'petugas' });
  const found = await product.database.connection
    .collection('cases')
    .findOne({ contact: `simulator:sim:${phone}`, state: 'open' });
  if (!found) throw new Error(`There is no case of phone ${phone}`);
  return String(found._id);
}
