/** The simulator's pages and its wire: what a phone sends and reads, checked at the edge. */
import { join } from 'node:path';
import express, { Router, type Request, type RequestHandler } from 'express';
import { z } from 'zod';
import type { ShiftableClock } from '../../shared/clock.ts';
import { BusyError } from '../../shared/errors.ts';
import type { FileStore } from '../../storage/file-store.ts';
import { mediaKinds, type ChannelEvents, type IncomingMessage } from '../channel.ts';
import type { Live } from './live.ts';
import { fromOwnPage, jsonOnly } from './own-page.ts';
import type { ChatMessage, SimulatorStore } from './store.ts';
import { createTools } from './tools.ts';

/** A phone's address: up to fifteen digits, as a real number has. */
const phonePattern = /^\d{1,15}$/;

/** The most that one request may bring. A WhatsApp text has 65,536 characters at most, of up to four bytes. */
const BODY_LIMIT = '384kb';

const sentSchema = z
  .strictObject({
    id: z.string().regex(/^[\w-]{1,64}$/, 'an id has 1 to 64 letters, digits or dashes'),
    kind: z.enum(['text', 'tap', ...mediaKinds]),
    text: z.string().max(65_536, 'a text has at most 65,536 characters').optional(),
    tap: z.strictObject({ option: z.string().max(64), prompt: z.string().max(200) }).optional(),
    quoted: z.string().max(200).optional(),
    /** The own message that was edited or deleted. */
    target: z.string().max(200).optional(),
    media: z.strictObject({ id: z.string().regex(/^[a-f0-9]{32}$/), type: z.string().max(100) }).optional(),
  })
  .refine((sent) => (sent.kind === 'tap') === (sent.tap !== undefined), {
    path: ['tap'],
    message: 'a tap, and only a tap, names its option and prompt',
  })
  .refine((sent) => sent.kind !== 'text' || sent.text !== undefined, {
    path: ['text'],
    message: 'a text message needs a text',
  })
  .refine((sent) => (sent.kind === 'edited' || sent.kind === 'deleted') === (sent.target !== undefined), {
    path: ['target'],
    message: 'what was edited or deleted is named, and only then',
  });
export type Sent = z.infer<typeof sentSchema>;

const pageSchema = z.object({
  before: z.coerce.number().default(Number.MAX_SAFE_INTEGER),
  after: z.coerce.number().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(60),
});

export interface RouteParts {
  store: SimulatorStore;
  files: FileStore;
  live: Live;
  /** Undefined until the channel was started. */
  events(): ChannelEvents | undefined;
  now(): number;
  /** Undefined where the time cannot be moved. */
  clock: ShiftableClock | undefined;
  /** Stands before everything of it: lets through who may use it, and answers all others. */
  entrance: RequestHandler;
}

export function createRoutes(parts: RouteParts): RequestHandler {
  const router = Router();
  const folder = join(import.meta.dirname, 'page');
  router.use(['/chat', '/simulator'], parts.entrance);
  router.use('/simulator', express.static(folder, { index: false, maxAge: 0 }));
  router.param('phone', (_request, response, next, phone: string) => {
    if (phonePattern.test(phone)) return next();
    response
      .status(404)
      .json({ error: 'no such phone', message: 'A phone is one to fifteen digits, such as /chat/1.' });
  });
  router.get('/chat/:phone', (_request, response) => response.sendFile('index.html', { root: folder }));
  router.get('/chat/:phone/messages', async (request, response) => {
    const { before, after, limit } = pageSchema.parse(request.query);
    const { phone } = request.params;
    const messages =
      after === undefined
        ? await parts.store.history(phone, before, limit)
        : await parts.store.since(phone, after, limit);
    response.set('Cache-Control', 'no-store').json({ messages, now: parts.now() });
  });
  router.get('/chat/:phone/events', (request: Request<{ phone: string }>, response) => {
    response
      .set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' })
      .flushHeaders();
    response.write('retry: 1500\nevent: catch-up\ndata: {}\n\n');
    parts.live.add(request.params.phone, response);
  });
  router.post(
    '/chat/:phone/messages',
    ...[jsonOnly, fromOwnPage],
    express.json({ limit: BODY_LIMIT }),
    async (request: Request<{ phone: string }>, response) => {
      const sent = sentSchema.safeParse(request.body);
      if (!sent.success) {
        const [issue] = sent.error.issues;
        const where = issue?.path.join('.') || 'the message';
        response
          .status(422)
          .json({ error: 'not a message', message: `${where}: ${issue?.message ?? 'is not as expected'}` });
        return;
      }
      await accept(parts, request.params.phone, sent.data);
      response.status(202).json({ accepted: sent.data.id });
    },
  );
  router.use(createTools(parts));
  router.use(explain);
  return router;
}

/**
 * First the message is received, then it is put into the chat's history: killed in between, the page has no answer, sends
 * the same id again, and both are harmless to repeat.
 */
async function accept({ store, files, events, now }: RouteParts, phone: string, sent: Sent): Promise<void> {
  const receive = events()?.receive;
  if (!receive) throw new BusyError('The simulator is not started yet');
  const at = now();
  const { id, kind, text, tap, quoted, media, target } = sent;
  const message: IncomingMessage = {
    channel: 'simulator',
    externalId: `${phone}-${id}`,
    aliases: [`sim:${phone}`],
    kind,
    at,
    ...(text !== undefined && { text }),
    ...(tap && { tap }),
    ...(quoted !== undefined && { quoted }),
    ...(media && { media: await kept({ store, files }, phone, media) }),
  };
  const shown: ChatMessage = {
    id: `in:${phone}-${id}`,
    phone,
    direction: 'in',
    kind,
    text: tap ? await store.label(tap.prompt, tap.option) : (text ?? ''),
    options: [],
    numbered: false,
    at,
    ...(media && { media }),
  };
  await receive(message);
  if (target === undefined) await store.add(shown);
  // An own message only: what others said stays as it is.
  else if (target.startsWith(`in:${phone}-`))
    await store.change(phone, target, kind as 'edited' | 'deleted', text ?? '');
}

/** What a phone sends is kept by the product as well, as every channel keeps it: the phone may lose it. */
async function kept(
  { store, files }: Pick<RouteParts, 'store' | 'files'>,
  phone: string,
  { id, type }: { id: string; type: string },
): Promise<{ id: string; type: string }> {
  const sent = await store.media(phone, id);
  return sent
    ? {
        id: await files.save({ type: sent.type, name: 'kiriman', bytes: sent.bytes }, { personal: true }),
        type: sent.type,
      }
    : { id, type };
}

/** What the body parser refuses, in words. */
const explain: express.ErrorRequestHandler = (error: { type?: string }, request: Request, response, next) => {
  if (error.type === 'entity.too.large')
    return void response.status(413).json({
      error: 'too large',
      message: `${request.path}: a message may have at most ${BODY_LIMIT}. Nothing was stored; send a shorter one.`,
    });
  if (error.type === 'entity.parse.failed')
    return void response
      .status(400)
      .json({ error: 'not JSON', message: `${request.path}: the body is not valid JSON. Nothing was stored.` });
  if (error instanceof z.ZodError)
    return void response.status(422).json({ error: 'bad query', message: z.prettifyError(error) });
  next(error);
};
