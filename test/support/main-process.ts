/** The product as `npm start` runs it: a process of its own, with a folder and ports of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { PASSWORD, Visitor } from '../console/visitor.ts';
import { freePort } from './database.ts';

export interface MainProcess {
  address: string;
  pid: number;
  /** Resolves with the exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals | null>;
  kill(signal: NodeJS.Signals): void;
  /** Everything that was printed. */
  output(): string;
}

/** Starts it and waits until it says that it is ready. Rejects with what was printed when it ends before. */
export async function startMain(env: Record<string, string>): Promise<MainProcess> {
  const own = { LOG_LEVEL: 'warn', PORT: String(await freePort()), VAULT_KEY: 'ab'.repeat(32) };
  const full = { ...process.env, ...own, ...env };
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    env: full,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) =>
    child.once('close', (code, signal) => resolve(signal ?? code)),
  );
  child.stderr?.on('data', (part: Buffer) => (printed += part.toString()));
  const address = await new Promise<string>((resolve, reject) => {
    if (child.stdout)
      createInterface({ input: child.stdout }).on('line', (line) => {
        printed += `${line}\n`;
        const found = /(http:\/\/\S+)\/chat\/1/.exec(line)?.[1];
        if (found !== undefined) resolve(found);
      });
    void ended.then((how) => reject(new Error(`It ended (${String(how)}) and printed:\n${printed}`)));
  });
  return { address, pid: child.pid ?? 0, ended, kill: (signal) => void child.kill(signal), output: () => printed };
}

/** The first administrator's browser: where people are served, the simulator asks for it. */
export async function firstAdministrator({ address, output }: MainProcess): Promise<Visitor> {
  const path = /\/tautan\/\S+/.exec(output())?.[0] ?? '';
  const visitor = new Visitor(address, { origin: address });
  const answer = await visitor.send(
    path,
    { name: 'Ibu Ratna', login: 'ratna', password: PASSWORD, again: PASSWORD },
    path,
  );
  if (answer.status !== 303) throw new Error(`The first administrator was not made: ${answer.status}`);
  return visitor;
}

/** A phone that speaks to a running product over HTTP. */
export function phoneAt(address: string, phone: string, by: Pick<Visitor, 'ask'> = new Visitor(address)) {
  const path = `/chat/${phone}/messages`;
  const received = async (): Promise<{ id: string; text: string }[]> => {
    const response = await by.ask(`${path}?limit=500`);
    if (!response.ok) return [];
    const { messages } = (await response.json()) as { messages: { id: string; text: string; direction: string }[] };
    return messages.filter(({ direction }) => direction === 'out');
  };
  return {
    received,
    /** The status of one attempt to send; 0 when nobody answered. */
    async post(id: string, text: string): Promise<number> {
      const body = JSON.stringify({ id, kind: 'text', text });
      const headers = { 'content-type': 'application/json' };
      const response = await by.ask(path, { method: 'POST', headers, body }).catch(() => undefined);
      return response?.status ?? 0;
    },
  };
}
