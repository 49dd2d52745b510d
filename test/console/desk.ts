/** The console as its users reach it: over HTTP, each with a browser's cookies, in a product with a real database. */
import { randomUUID } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import type { Role } from '../../src/console/access/roles.ts';
import { startProduct, type TestProduct } from '../support/product.ts';

export const PASSWORD = 'purun kering di rumah';

/** One hash for all accounts of a test run: making it takes time on purpose. */
let known: Promise<string> | undefined;
const passwordHash = (): Promise<string> => (known ??= hash(PASSWORD));

/** Answers as a browser gets them: cookies are kept, redirects are not followed. */
export class Visitor {
  readonly #address: string;
  readonly cookies = new Map<string, string>();

  constructor(address: string) {
    this.#address = address;
  }

  async ask(path: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(`${this.#address}${path}`, {
      redirect: 'manual',
      ...init,
      headers: { cookie, ...(init.headers as Record<string, string> | undefined) },
    });
    for (const one of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(one) ?? [];
      this.cookies.set(name, value);
    }
    return response;
  }

  /** The token that stands in the forms of a page. */
  async token(path: string): Promise<string> {
    const html = await (await this.ask(path)).text();
    return /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
  }

  /** Sends a form as the page at `from` would. */
  async send(path: string, fields: Record<string, string | string[]>, from = '/akun'): Promise<Response> {
    const body = new URLSearchParams({ _csrf: await this.token(from) });
    for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) body.append(name, one);
    return this.ask(path, { method: 'POST', body });
  }

  async signIn(login: string, password = PASSWORD): Promise<Response> {
    return this.send('/masuk', { login, password, ke: '/' }, '/masuk');
  }
}

export interface TestDesk {
  product: TestProduct;
  /** Somebody with a role who has signed in. */
  visitor(role: Role, kelurahan?: string): Promise<Visitor & { account: string; login: string }>;
  stranger(): Visitor;
}

export async function startDesk(parts: Parameters<typeof startProduct>[0] = {}): Promise<TestDesk> {
  const product = await startProduct(parts);
  const accounts = product.database.connection.collection('accounts');
  const stranger = () => new Visitor(product.address);
  return {
    product,
    stranger,
    async visitor(role, kelurahan) {
      const id = randomUUID().slice(0, 13);
      const login = `${role}-${id.slice(0, 6)}`;
      await accounts.insertOne({
        ...{ _id: id as never, login, name: `Ibu ${login}`, role, kelurahan: kelurahan ?? null },
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

/** An open case of a phone; resolves with its id. */
export async function caseOf(product: TestProduct, phone: string): Promise<string> {
  await product.send(phone, `c${randomUUID().slice(0, 8)}`, { kind: 'text', text: 'petugas' });
  const found = await product.database.connection.collection('cases').findOne({ contact: `simulator:sim:${phone}` });
  if (!found) throw new Error(`There is no case of phone ${phone}`);
  return String(found._id);
}
