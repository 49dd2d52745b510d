/** The channel "whatsapp-web": an office's ordinary WhatsApp number, through whatsapp-web.js in a browser of ours. */
import { StartError } from '../../shared/errors.ts';
import type { Channel } from '../channel.ts';
import { findChromium, noChromium } from './chromium.ts';
import { WhatsAppWeb, type WhatsAppParts } from './whatsapp-web.ts';

export type { WhatsAppParts };

/** @throws StartError when there is no browser. */
export function createWhatsAppWeb(parts: WhatsAppParts): Channel {
  const program = findChromium(parts.chromium);
  if (program === undefined) throw new StartError(noChromium);
  return new WhatsAppWeb(parts, program);
}
