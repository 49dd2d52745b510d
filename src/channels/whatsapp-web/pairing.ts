/** Linking the office's number: where the device is kept, and what staff see. */
import { resolve } from 'node:path';
import QRCode from 'qrcode';

/** The folder of the linked device, below the data folder. */
export const deviceFolder = (folder: string): string => resolve(folder, 'whatsapp');

/** What staff see in the terminal when the number is to be linked. */
export async function pairingText(code: string, how: 'picture' | 'letters'): Promise<string> {
  const where = 'On the office’s phone: WhatsApp, Linked devices, Link a device';
  if (how === 'letters')
    return `\n${where}, Link with phone number. Enter:\n\n    ${code.slice(0, 4)}-${code.slice(4)}\n`;
  return `\n${where}. Scan this:\n\n${await QRCode.toString(code, { type: 'terminal', small: true })}`;
}
