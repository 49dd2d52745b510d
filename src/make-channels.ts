/** The channels that are switched on, each with what it needs of settings and environment. */
import { basename, dirname } from 'node:path';
import type { RequestHandler } from 'express';
import type { z } from 'zod';
import type { Channel } from './channels/channel.ts';
import { createSimulator } from './channels/simulator/index.ts';
import { settingsSchema, type WhatsAppSettings } from './channels/whatsapp-web/settings.ts';
import type { ChannelName, Config } from './config.ts';
import { loadYaml } from './content/yaml-file.ts';
import type { Clock } from './shared/clock.ts';
import type { Log } from './shared/log.ts';
import type { Database } from './storage/connect.ts';

export interface ChannelNeeds {
  config: Pick<Config, 'CHANNELS'> & Partial<Config>;
  database: Database;
  log: Log;
  clock: Clock;
  /** Chance, from 0 to 1. */
  chance(): number;
  /** The folder of the flows and settings. */
  flows: string;
  /** Who may use the simulator. */
  entrance: RequestHandler;
}

/** @throws StartError when something is missing that a channel needs. */
export const makeChannels = (needs: ChannelNeeds): Promise<Channel[]> =>
  Promise.all(needs.config.CHANNELS.map((name) => makeChannel[name](needs)));

/** @throws StartError naming file, line and what is wrong. */
export const loadWhatsAppSettings = (flows: string): WhatsAppSettings =>
  loadYaml(`${flows}/shared/whatsapp.yaml`, settingsSchema as z.ZodType<WhatsAppSettings>).data;

const makeChannel: Record<ChannelName, (needs: ChannelNeeds) => Promise<Channel>> = {
  simulator: ({ database: { connection, vault }, log, clock, entrance }) =>
    Promise.resolve(createSimulator({ connection, vault, log, clock, entrance })),
  // The library and what it brings take memory; whoever does not use it does not load it.
  'whatsapp-web': async ({ database: { connection, vault }, log, config, chance, clock, flows }) => {
    const { createWhatsAppWeb } = await import('./channels/whatsapp-web/index.ts');
    return createWhatsAppWeb({
      ...{ connection, vault, log, clock, chance },
      settings: loadWhatsAppSettings(flows),
      folder: config.DATA_DIR ?? 'data',
      chromium: { CHROMIUM_BIN: config.CHROMIUM_BIN, PATH: config.PATH ?? '' },
      standIn: standInOf(config.WHATSAPP_STAND_IN),
      show: (text) => void process.stdout.write(text),
    });
  },
};

/** The library looks for the page by the name of its version in a folder. */
export const standInOf = (file: string | undefined): { folder: string; version: string } | undefined =>
  file === undefined ? undefined : { folder: dirname(file), version: basename(file, '.html') };
