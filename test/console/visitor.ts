/** Somebody who visits the console as a browser does, over HTTP. */

/** Of every account in a test. */
export const PASSWORD = 'purun kering di rumah';

/** Answers as a browser gets them: cookies are kept, redirects are not followed. */
export class Visitor {
  readonly #address: string;
  readonly #headers: Record<string, string>;
  readonly cookies = new Map<string, string>();

  /** @param headers sent with every request, as a proxy in front adds them */
  constructor(address: string, headers: Record<string, string> = {}) {
    this.#address = address;
    this.#headers = headers;
  }

  async ask(path: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(`${this.#address}${path}`, {
      redirect: 'manual',
      ...init,
      headers: { cookie, ...this.#headers, ...(init.headers as Record<string, string> | undefined) },
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
