/** The phones of the crash run: they stand where WhatsApp would be, at the wire, and outlive every death of the product. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

const sentSchema = z.strictObject({
  id: z.string().min(1),
  to: z.string().regex(/^crash:\d+$/),
  text: z.string().min(1),
  options: z.array(z.strictObject({ id: z.string(), label: z.string() })),
  numbered: z.boolean(),
});
export type Sent = z.infer<typeof sentSchema>;

/** Receives what the product sends, remembers it, and says what it has when asked. */
export class Phones {
  readonly received: Sent[] = [];
  #server: Server | undefined;
  #changed: (() => void)[] = [];

  async start(): Promise<string> {
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const body: unknown = JSON.parse(Buffer.concat(parts).toString('utf8'));
        response.setHeader('content-type', 'application/json');
        if (request.url === '/send') {
          this.received.push(sentSchema.parse(body));
          response.end('{}');
          this.#changed.splice(0).forEach((wake) => wake());
          return;
        }
        const asked = z.array(z.string()).parse(body);
        response.end(JSON.stringify(asked.filter((id) => this.received.some((sent) => sent.id === id))));
      });
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  of(contact: string): Sent[] {
    return this.received.filter(({ to }) => to === contact);
  }

  /** Resolves at the next message that arrives. */
  next(): Promise<void> {
    return new Promise((resolve) => this.#changed.push(resolve));
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }
}
