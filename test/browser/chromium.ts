/** A real browser: Chromium from the PATH, else the one that a package of ours carries. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import chromiumPackage from '@sparticuz/chromium';
import { chromium, type Browser } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Talks to nobody but the page under test. */
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A microphone that hums, for recording.
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
];

/** The program of a browser. */
export const chromiumProgram = async (): Promise<string> => onPath() ?? (await chromiumPackage.executablePath());

export async function openBrowser(): Promise<Browser> {
  const program = await chromiumProgram();
  return chromium.launch({
    executablePath: program,
    args: quiet,
    headless: true,
  });
}

function onPath(): string | undefined {
  const places = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  return places.find((place) => {
    try {
      accessSync(place, constants.X_OK);
      return true;
    } catch {
      // Not in this folder.
      return false;
    }
  });
}
