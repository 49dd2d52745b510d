/** The part of `npm run doctor` that looks at WhatsApp: the browser, the linked device, how it goes, and the risk. */
import { existsSync } from 'node:fs';
import { DateTime } from 'luxon';
import { findChromium, noChromium } from '../../channels/whatsapp-web/chromium.ts';
import { libraryVersion, profileOf } from '../../channels/whatsapp-web/library.ts';
import { meanings, states, transitions, type State } from '../../channels/whatsapp-web/machine.ts';
import { deviceFolder } from '../../channels/whatsapp-web/pairing.ts';
import { createWhatsAppStore, type ChannelStatus } from '../../channels/whatsapp-web/store.ts';
import type { Config } from '../../config.ts';
import { loadOffice } from '../../content/office.ts';
import { loadWhatsAppSettings } from '../../make-channels.ts';
import { open } from '../../storage/connect.ts';
import { runningServer } from '../../storage/embedded/server.ts';

export interface Say {
  good(what: string): void;
  note(what: string): void;
  wrong(what: string, remedy: string): void;
}

/** @throws StartError when a file of settings cannot be read. */
export async function lookAtWhatsApp(config: Config, say: Say): Promise<void> {
  console.log(`WhatsApp, through whatsapp-web.js ${libraryVersion}`);
  const { daily } = loadWhatsAppSettings('flows');
  say.note(
    'this is an unofficial client: WhatsApp may block the number at any time. For production use the official Cloud API (docs/whatsapp.md)',
  );
  say.note(`at most ${daily} messages a day go out that nobody asked for (flows/shared/whatsapp.yaml)`);
  const program = findChromium(config);
  if (program === undefined) say.wrong('there is no browser', noChromium);
  else say.good(`the browser: ${program}`);
  if (existsSync(profileOf(deviceFolder(config.DATA_DIR)))) say.good('a linked device is kept in the data folder');
  else say.note('the number is not linked yet: start the product and scan, or npm run pair -- 0812…');
  if (config.WHATSAPP_STAND_IN !== undefined)
    say.wrong(
      'WHATSAPP_STAND_IN is set: a page of your own stands for WhatsApp Web',
      'take it out where people are served',
    );
  const status = await statusOf(config);
  if (status) tell(status, say);
  else say.note('it is not running, or has never run; its states are:');
  printStates(status?.state);
}

/** How the channel goes, if the database can be asked. */
async function statusOf({ MONGODB_URI, DATA_DIR }: Config): Promise<ChannelStatus | undefined> {
  const uri = MONGODB_URI ?? (await runningServer(DATA_DIR));
  if (uri === undefined) return undefined;
  const connection = await open(uri);
  try {
    return await createWhatsAppStore(connection).status();
  } finally {
    await connection.close();
  }
}

function tell({ state, why, since, counts, broken }: ChannelStatus, { good, note, wrong }: Say): void {
  const at = DateTime.fromMillis(since, { zone: loadOffice('flows').timeZone, locale: 'id' }).toFormat('d LLLL HH.mm');
  const line = `${state} since ${at}${why === undefined ? '' : ` (${why})`}: ${meanings[state as State]}`;
  if (state === 'ready') good(line);
  else if (state === 'unlinked' || state === 'refused') wrong(line, 'docs/whatsapp.md, "The day a number is blocked"');
  else note(line);
  for (const call of broken) wrong(`WhatsApp Web has changed: ${call}`, 'look for a newer version of the library');
  const dropped = Object.entries(counts).map(([kind, count]) => `${kind} ${count}`);
  if (dropped.length > 0) note(`not taken in since its start: ${dropped.join(', ')}`);
}

/** The state machine, the present state marked. */
function printStates(present: string | undefined): void {
  for (const state of states) {
    const ways = Object.entries(transitions[state]).map(([event, to]) => `${event} → ${to}`);
    console.log(`   ${state === present ? '→' : ' '} ${state.padEnd(9)} ${ways.join(', ')}`);
  }
}
