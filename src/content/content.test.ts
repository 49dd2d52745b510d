/** The shipped flows and texts are whole, and a broken file is refused with its place and a remedy. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { flowSchemaText } from '../cli/flow-schema.ts';
import { actions } from '../../test/support/engine.ts';
import { textsOf } from '../engine/index.ts';
import { loadContent } from './library.ts';
import { loadLocales } from './locales.ts';

const versions = { save: () => Promise.resolve(), find: () => Promise.resolve(undefined) };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kawan-content-'));
  for (const part of ['flows', 'locales']) cpSync(part, join(folder, part), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const load = () =>
  loadContent({ flows: join(folder, 'flows'), locales: join(folder, 'locales') }, (name) => actions[name], versions);
const edit = (file: string, change: (text: string) => string | Buffer) => {
  const path = join(folder, file);
  writeFileSync(path, change(readFileSync(path, 'utf8')));
};
const flow = 'flows/registration/register.flow.yaml';

describe('the shipped files', () => {
  it('have every text that a flow may say, in Indonesian', () => {
    const { flows, locales } = load();
    const missing: string[] = [];
    for (const { file, programme } of flows.sources)
      for (const [name, node] of Object.entries(file.nodes)) {
        const say = (key: string) =>
          void (
            locales.has('id', programme, `${file.flow}.${key}`) || missing.push(`${programme}: ${file.flow}.${key}`)
          );
        textsOf(name, node).forEach(say);
        if (file.steps !== undefined) say('where');
      }
    expect(missing).toEqual([]);
  });

  it('have no text in another language that is not in Indonesian', () => {
    const locales = loadLocales('locales');
    const strays = locales.languages
      .filter((language) => language !== 'id')
      .flatMap((language) =>
        locales.programmes(language).flatMap((programme) =>
          locales
            .keys(language, programme)
            .filter((key) => !key.endsWith('.words') && !locales.has('id', programme, key))
            .map((key) => `${language}/${programme}: ${key}`),
        ),
      );
    expect(strays).toEqual([]);
  });

  it('have a schema for editors that is the one in the code', () => {
    expect(readFileSync('flows/flow.schema.json', 'utf8')).toBe(flowSchemaText());
  });
});

describe('a broken file is refused with file, line, node and remedy', () => {
  const cases: [string, () => void, RegExp][] = [
    [
      'a target that does not exist',
      () => edit(flow, (text) => text.replace('next: crafts', 'next: craft')),
      /register\.flow\.yaml:\d+: node "name" leads to "craft", which does not exist\. Remedy: add a node "craft"/,
    ],
    [
      'an unknown kind of question',
      () => edit(flow, (text) => text.replace('name: { ask: name', 'name: { ask: nama')),
      /register\.flow\.yaml:\d+: nodes\.name\.ask: Invalid option.*Mend this key of the ask node/,
    ],
    [
      'an unknown key',
      () => edit(flow, (text) => text.replace('start: check', 'start: check\ncolour: red')),
      /register\.flow\.yaml:\d+:.*colour/,
    ],
    [
      'a node that cannot be reached',
      () => edit(flow, (text) => `${text}  lost: { end: true }\n`),
      /node "lost" can never be reached/,
    ],
    [
      'an action that no programme has',
      () => edit(flow, (text) => text.replace('registration.save', 'registration.keep')),
      /calls "registration\.keep", which no programme has/,
    ],
    [
      'an outcome without a target',
      () => edit(flow, (text) => text.replace(', already: already', '')),
      /no target for the outcome "already"/,
    ],
    [
      'an answer that leads nowhere',
      () => edit(flow, (text) => text.replace('no: correct', 'more: correct')),
      /the answer "no" leads nowhere/,
    ],
    [
      'a list that does not exist',
      () => edit(flow, (text) => text.replace('options: crafts,', 'options: craft,')),
      /offers the list "craft"/,
    ],
    ['broken YAML', () => edit(flow, (text) => `${text}\n  [`), /register\.flow\.yaml:\d+: this is not valid YAML/],
    [
      'a wrong encoding',
      () => edit(flow, () => Buffer.from([0x66, 0xff, 0xfe])),
      /register\.flow\.yaml: is not in UTF-8\. Save it again/,
    ],
    [
      'a label that is missing',
      () => edit('locales/id/registration.json', (text) => text.replace('"label": "Rajutan"', '"labels": "Rajutan"')),
      /locales\/id\/registration\.json: the label "options\.crafts\.rajut\.label" is missing/,
    ],
    [
      'an empty text',
      () => edit('locales/id/registration.json', (text) => text.replace('"Siapa nama Bapak/Ibu?"', '""')),
      /registration\.json:\d+: .*a text must not be empty/,
    ],
    [
      'a programme in the wrong folder',
      () =>
        edit('flows/registration/programme.yaml', (text) => text.replace('programme: registration', 'programme: nib')),
      /called "nib" but its folder "registration"/,
    ],
    [
      'a menu entry without a flow',
      () =>
        edit('flows/registration/programme.yaml', (text) => text.replace('flow: register, order', 'flow: cart, order')),
      /names the flow "cart", which does not exist/,
    ],
    [
      'an area without a code',
      () =>
        edit('flows/shared/areas.yaml', (text) => text.replace("code: '1001', name: Palam", "code: '1', name: Palam")),
      /areas\.yaml:\d+: .*four digits/,
    ],
    [
      'a time that is none',
      () => edit('flows/shared/office.yaml', (text) => text.replace("'16:00'", "'26:00'")),
      /office\.yaml:\d+: .*a time is written as "08:00"/,
    ],
  ];
  it.each(cases)('%s', (_, breakIt, words) => {
    breakIt();
    expect(load).toThrow(words);
  });

  it('a text that is in no language is an error, never an empty message', () => {
    expect(() => load().locales.text('id', 'registration', 'register.nothing', {})).toThrow(/register\.nothing/);
  });
});
