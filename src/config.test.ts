import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ConfigError, envExample, readConfig, servesPeople } from './config.ts';

describe('readConfig', () => {
  it('needs nothing to be set', () => {
    expect(readConfig({})).toMatchObject({ PORT: 3000, CHANNELS: ['simulator'], ALLOW_EMBEDDED_DATABASE: false });
  });

  it('names every wrong key in a line of its own: given, allowed, example', () => {
    let error: unknown;
    try {
      readConfig({ PORT: 'abc', CHANNELS: 'telegram', MONGODB_URI: 'localhost' });
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(ConfigError);
    const { problems } = error as ConfigError;
    expect(problems).toHaveLength(3);
    expect(problems[0]).toBe('PORT: "abc" was given; allowed is a whole number from 1 to 65535; for example PORT=3000');
    expect(problems.join('\n')).toContain('CHANNELS: "telegram"');
  });

  it('refuses the embedded database in production unless it is allowed', () => {
    expect(() => readConfig({ NODE_ENV: 'production' })).toThrow(/MONGODB_URI: nothing was given/);
    const allowed = {
      ...{ NODE_ENV: 'production', ALLOW_EMBEDDED_DATABASE: 'yes', SESSION_SECRET: 'x'.repeat(32) },
      PUBLIC_URL: 'https://kawan.test',
    };
    expect(readConfig(allowed).NODE_ENV).toBe('production');
  });

  it('refuses production without a secret of its own, and a short one anywhere', () => {
    const own = { NODE_ENV: 'production', MONGODB_URI: 'mongodb://127.0.0.1/kawan' };
    expect(() => readConfig(own)).toThrow(/SESSION_SECRET: nothing was given/);
    expect(() => readConfig({ SESSION_SECRET: 'short' })).toThrow(/SESSION_SECRET: "short" was given/);
  });

  it('needs the address that people open in production, and where the pages stand on one that is not answered', () => {
    const own = { NODE_ENV: 'production', MONGODB_URI: 'mongodb://127.0.0.1/kawan', SESSION_SECRET: 'x'.repeat(32) };
    expect(() => readConfig(own)).toThrow(/PUBLIC_URL: nothing was given; NODE_ENV=production needs the address/);
    expect(() => readConfig({ HOST: '192.168.1.5' })).toThrow(/PUBLIC_URL: nothing was given; HOST=192.168.1.5/);
    for (const HOST of ['127.0.0.1', 'localhost', '::1', '0.0.0.0', '::'])
      expect(readConfig({ HOST }).PUBLIC_URL).toBe(undefined);
  });

  it.each([
    ['https://Kawan.Test', 'https://kawan.test'],
    ['https://kawan.test:443/', 'https://kawan.test'],
    ['http://192.168.1.5:3000', 'http://192.168.1.5:3000'],
    ['kawan.test', undefined],
    ['ftp://kawan.test', undefined],
    ['https://kawan.test/kawan', undefined],
    ['https://kawan.test?a=1', undefined],
    ['https://ratna:rahasia@kawan.test', undefined],
  ])('reads the public address %s as %s', (PUBLIC_URL, origin) => {
    if (origin === undefined)
      expect(() => readConfig({ PUBLIC_URL })).toThrow(/PUBLIC_URL: ".*" was given; allowed is/);
    else expect(readConfig({ PUBLIC_URL }).PUBLIC_URL).toBe(origin);
  });

  it.each([
    ['development', ['simulator'], false],
    ['test', ['simulator'], false],
    ['production', ['simulator'], true],
    ['development', ['simulator', 'whatsapp-web'], true],
    ['development', ['whatsapp-web'], true],
  ] as const)('knows whether people are served: %s with %j is %s', (NODE_ENV, CHANNELS, serves) => {
    expect(servesPeople({ NODE_ENV, CHANNELS: [...CHANNELS] })).toBe(serves);
  });

  it('treats an empty value as not set', () => {
    expect(readConfig({ PORT: '', MONGODB_URI: ' ' })).not.toHaveProperty('MONGODB_URI');
  });
});

it('.env.example is what config.ts generates', () => {
  expect(readFileSync('.env.example', 'utf8')).toBe(envExample());
});
