/** Reading a YAML or JSON file of ours: encoding, syntax and shape are checked, and every fault names file and line. */
import { readFileSync } from 'node:fs';
import { isNode, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import { StartError } from '../shared/errors.ts';

/** A file that has been read and checked, with the line of any place in it. */
export interface Loaded<T> {
  data: T;
  /** "flows/shared/menu.flow.yaml:12" for a path such as ['nodes', 'name']. */
  at(path: readonly PropertyKey[]): string;
}

/**
 * Reads a YAML file (JSON is YAML, too) and checks it against a schema.
 * @throws StartError naming file, line, what was expected and what to do.
 */
export function loadYaml<T>(file: string, schema: z.ZodType<T>): Loaded<T> {
  const lines = new LineCounter();
  const document = parseDocument(readUtf8(file), { lineCounter: lines, uniqueKeys: true });
  const fault = document.errors[0];
  if (fault) {
    const line = fault.linePos?.[0].line ?? 1;
    throw new StartError(`${file}:${line}: this is not valid YAML (${firstLine(fault.message)}). Mend that line.`);
  }
  const at = (path: readonly PropertyKey[]) => `${file}:${lineOf(document, lines, path)}`;
  const result = schema.safeParse(document.toJS());
  if (result.success) return { data: result.data, at };
  const problems = result.error.issues.map(
    (issue) => `${at(issue.path)}: ${issue.path.map(String).join('.') || 'the file'}: ${issue.message}`,
  );
  throw new StartError(problems.join('\n'));
}

/** @throws StartError when the file is missing or is not UTF-8. */
export function readUtf8(file: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (cause) {
    throw new StartError(`${file}: cannot be read. Is the file there, and may this program read it?`, {}, { cause });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new StartError(`${file}: is not in UTF-8. Save it again with the encoding UTF-8.`, {}, { cause });
  }
}

/** The line of the deepest part of the path that is there. */
function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const found = document.getIn(path.slice(0, length), true);
    if (isNode(found) && found.range) return lines.linePos(found.range[0]).line;
  }
  return 1;
}

const firstLine = (text: string): string => text.split('\n')[0] ?? text;
