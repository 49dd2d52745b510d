/** What the tests of the console share: a product with an officer and an administrator in it, for a file of tests. */
import { afterAll, beforeAll } from 'vitest';
import { startDesk, type TestDesk, type Visitor } from './desk.ts';

export type Signed = Awaited<ReturnType<TestDesk['visitor']>>;

/** A picture of one dot. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let keys = 0;
/** A new one for each form. */
export const key = (): string => `key-number-${++keys}`;

export const textOf = async (who: Visitor, path: string): Promise<string> => (await who.ask(path)).text();

/** A file as a browser sends it with a form. */
export async function upload(
  who: Visitor,
  path: string,
  fields: Record<string, string>,
  name: string,
  bytes: Buffer | string,
): Promise<Response> {
  const body = new FormData();
  body.append('_csrf', await who.token('/akun'));
  for (const [field, value] of Object.entries(fields)) body.append(field, value);
  body.append('file', new Blob([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)]), name);
  return who.ask(path, { method: 'POST', body });
}

/** A page with what was looked for on it, as somebody who types it there gets it. */
export async function found(who: Visitor, page: '/orang' | '/kotak-masuk', q: string, path: string = page) {
  await who.send(`${page}/cari`, { q });
  return who.ask(path);
}

export function office() {
  let desk: TestDesk;
  let officer: Signed;
  let administrator: Signed;
  beforeAll(async () => {
    desk = await startDesk({ jobs: false });
    officer = await desk.visitor('officer');
    administrator = await desk.visitor('administrator');
  });
  afterAll(() => desk.product.stop());
  return {
    desk: () => desk,
    officer: () => officer,
    administrator: () => administrator,
    collection: (name: string) => desk.product.database.connection.collection(name),
    lastTo: async (phone: string): Promise<string> => (await desk.product.received(phone)).at(-1)?.text ?? '',
  };
}
