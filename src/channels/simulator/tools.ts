/** What the simulator can do beyond a phone: take media, move the time, and save a talk as a scenario. */
import { createHash } from 'node:crypto';
import { fileTypeFromBuffer } from 'file-type';
import express, { Router, type Request, type RequestHandler } from 'express';
import { z } from 'zod';
import { DAY, FURTHEST_AHEAD } from '../../shared/clock.ts';
import { fromOwnPage, jsonOnly } from './own-page.ts';
import type { RouteParts } from './routes.ts';
import { scenarioOf } from './scenario.ts';

/** A photo of a phone of today; more is refused. */
const MEDIA_LIMIT = '8mb';

/** What may be shown again in a page, told from its first bytes and not from what its sender says. */
const allowed =
  /^(?:image\/(?:jpeg|png|webp|gif)|audio\/(?:ogg|mpeg|mp4|x-m4a|wav|aac)|video\/(?:webm|mp4)|application\/pdf)/;

/** Messages of a talk that a scenario holds at most. */
const SCENARIO_MESSAGES = 500;

const clockSchema = z.strictObject({ forward: z.int().min(1) });

export function createTools(parts: RouteParts): RequestHandler {
  const { store, files, clock, now } = parts;
  const router = Router();

  router.post(
    '/chat/:phone/media',
    fromOwnPage,
    express.raw({ limit: MEDIA_LIMIT, type: () => true }),
    async (request: Request<{ phone: string }>, response) => {
      const bytes: unknown = request.body;
      const type = Buffer.isBuffer(bytes) ? (await fileTypeFromBuffer(bytes))?.mime : undefined;
      if (!Buffer.isBuffer(bytes) || type === undefined || !allowed.test(type)) {
        response.status(415).json({
          error: 'no such media',
          message: 'Only a photo (JPEG, PNG, WebP), a sound (Ogg, MP3, WebM) or a PDF can be sent. Nothing was stored.',
        });
        return;
      }
      const { phone } = request.params;
      const id = createHash('sha256').update(phone).update(bytes).digest('hex').slice(0, 32);
      await store.addMedia({ id, phone, type, bytes });
      response.status(201).json({ id, type });
    },
  );

  router.get('/chat/:phone/media/:id', async (request, response) => {
    const media = await store.media(request.params.phone, request.params.id);
    if (!media) return void response.status(404).json({ error: 'gone', message: 'This is not kept any more.' });
    response
      .set({ 'Content-Type': media.type, 'Cache-Control': 'private, max-age=86400', 'Content-Disposition': 'inline' })
      .send(media.bytes);
  });

  // What we sent to a phone: a picture, a certificate, a calendar. Only what stands in a message may be asked for.
  router.get('/chat/:phone/file/:id', async (request, response) => {
    const { phone, id } = request.params;
    const file = (await store.wasSent(phone, id)) ? await files.find(id) : undefined;
    if (!file) return void response.status(404).json({ error: 'gone', message: 'This is not kept any more.' });
    response
      .set({ 'Content-Type': file.type, 'Cache-Control': 'private, max-age=86400' })
      .set(
        'Content-Disposition',
        `${file.type.startsWith('image/') ? 'inline' : 'attachment'}; filename="${encodeURIComponent(file.name)}"`,
      )
      .send(file.bytes);
  });

  router.get('/simulator/clock', (_request, response) => {
    response
      .set('Cache-Control', 'no-store')
      .json({ now: now(), ahead: clock?.ahead ?? 0, movable: clock !== undefined });
  });
  router.post('/simulator/clock', jsonOnly, fromOwnPage, express.json({ limit: '1kb' }), async (request, response) => {
    const asked = clockSchema.safeParse(request.body);
    if (!asked.success)
      return void response.status(422).json({ error: 'no span', message: z.prettifyError(asked.error) });
    if (!clock)
      return void response.status(409).json({ error: 'fixed', message: 'The time cannot be moved in this process.' });
    const ahead = clock.ahead + asked.data.forward;
    if (ahead > FURTHEST_AHEAD)
      return void response.status(409).json({
        error: 'too far',
        message: `Waktu hanya bisa maju ${FURTHEST_AHEAD / DAY} hari dari hari yang sebenarnya. Waktunya tidak berubah.`,
      });
    clock.setAhead(ahead);
    await store.setAhead(clock.ahead);
    response.json({ now: now(), ahead: clock.ahead, movable: true });
  });

  router.get('/chat/:phone/scenario', async (request, response) => {
    const messages = await store.history(request.params.phone, Number.MAX_SAFE_INTEGER, SCENARIO_MESSAGES);
    response
      .set({ 'Content-Type': 'text/yaml; charset=utf-8', 'Cache-Control': 'no-store' })
      .attachment(`percakapan-${request.params.phone}.yaml`)
      .send(scenarioOf(messages));
  });
  return router;
}
