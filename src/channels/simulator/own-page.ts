/** A page of another site must not speak for a phone. */
import type { RequestHandler } from 'express';
import { sender } from '../../shared/hosts.ts';

/** Takes what the chat page sends, and programs, which no other page can make speak here. */
export const fromOwnPage: RequestHandler = (request, response, next) => {
  if (sender(request) !== 'other page') return next();
  response.status(403).json({ error: 'another site', message: 'Only the chat page itself may send.' });
};

/** JSON only: a form of another site cannot send it. */
export const jsonOnly: RequestHandler = (request, response, next) => {
  if (request.is('application/json')) return next();
  response.status(415).json({ error: 'not JSON', message: 'Send JSON, with Content-Type: application/json.' });
};
