/** What a page of the console is: its address, who may use it, what it is given, and what it answers. */
import type { Request } from 'express';
import type { VNode } from 'preact';
import type { z } from 'zod';
import type { Action, Role, Scope } from '../access/roles.ts';
import type { Account } from '../access/store.ts';
import type { Times } from './times.ts';
import type { Translate } from './words.ts';

/** A file that came with a form; at most the size that is told to the page. */
export interface Upload {
  /** As the sender calls it: never a path, and never to be trusted. */
  name: string;
  bytes: Buffer;
}

/** Everything that a page knows of the one who asks. */
/** Pages on which people are looked for. */
export type Searched = 'people' | 'inbox';

export interface Context {
  me: Account & { role: Role };
  scope: Scope;
  may(action: Action): boolean;
  t: Translate;
  times: Times;
  /** Milliseconds since the epoch. */
  now: number;
  /** Goes into every form. */
  csrf: string;
  /** Only for what concerns the session itself. */
  request: Request;
  /** The address of the page that asks, without what stands behind "?". */
  path: string;
  /** The name or number that is looked for on a page. It stands in the session: an address ends up in logs. */
  searched(page: Searched): string | undefined;
  search(page: Searched, words: string): void;
  /** Told on the next page that is shown. */
  say(words: string): void;
}

export type Reply =
  | { page: VNode; title: string; status?: number }
  /** A part of a page, put in by htmx. */
  | { part: VNode }
  | { to: string }
  | { file: Buffer | NodeJS.ReadableStream; type: string; name: string; inline?: boolean }
  | { missing: true };

export interface Route<Input = never> {
  method: 'get' | 'post';
  /** Express's way of writing it: "/orang/:id". */
  path: string;
  may: Action;
  /** What stands in the address, behind "?" and in the form, together. Whatever is not named here is refused. */
  input: z.ZodType<Input>;
  /** A file may come with it, named "file". */
  upload?: true;
  handle(context: Context, input: Input, upload?: Upload): Promise<Reply>;
}

/** Keeps the type of a page's input between its schema and its code. */
export const route = <Input,>(one: Route<Input>): Route => one as unknown as Route;

/** For what a page cannot do as it was asked; shown above the form, nothing was changed. */
export class Refusal extends Error {
  override name = 'Refusal';
}
