/**
 * Which names the product answers to, and who is on this machine. A page of another site can let its own name point here
 * (DNS rebinding); to the browser its script is then at home, and would read and write as if it were ours. Only the name
 * in `Host` gives it away, so a name that is none of ours is refused before anything else is looked at.
 */
import { BlockList, isIP } from 'node:net';
import type { Request, RequestHandler } from 'express';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

/** An address of this machine that no other can reach. */
const isLoopbackAddress = (address: string): boolean => {
  const version = isIP(address);
  return version !== 0 && loopback.check(address, version === 6 ? 'ipv6' : 'ipv4');
};

/** A name or address without port: "localhost", "127.0.0.1", "[::1]", "::1". */
export const isLoopback = (name: string): boolean =>
  name.toLowerCase() === 'localhost' || isLoopbackAddress(name.replace(/^\[(.*)\]$/, '$1'));

/** An address that stands for all of a machine's own. */
export const isWildcard = (name: string): boolean => /^\[?(?:0\.0\.0\.0|[0:]+)\]?$/.test(name);

/** A name and, where it is given, a port; nothing else may stand in `Host`. */
const authority = /^(?<name>\[[0-9a-f:]+\]|[a-z0-9._-]+)(?::(?<port>\d{1,5}))?$/i;

/** Whether `given`, as it stands in `Host`, is a loopback name (with any port: it may have been forwarded) or the public one. */
function isOurs(given: string, publicUrl: URL | undefined): boolean {
  const { name, port = '' } = authority.exec(given)?.groups ?? {};
  if (name === undefined) return false;
  if (isLoopback(name)) return true;
  const usual = publicUrl?.protocol === 'https:' ? '443' : '80';
  return name.toLowerCase() === publicUrl?.hostname && (port === usual ? '' : port) === publicUrl.port;
}

/** Refuses, on every route, a request that was meant for another name: 421. */
export function refuseOtherHosts(publicUrl?: string): RequestHandler {
  const ours = publicUrl === undefined ? undefined : new URL(publicUrl);
  return (request, response, next) => {
    const { host = [] } = request.headersDistinct;
    // A request as to a proxy names the host in its first line, too, and that name counts before the header's.
    const named = /^\w+:\/\/([^/?#]*)/.exec(request.url)?.[1];
    const names = named === undefined ? host : [...host, named];
    if (host.length === 1 && names.every((name) => isOurs(name, ours))) return next();
    response
      .status(421)
      .type('text/plain; charset=utf-8')
      .send(
        'Alamat ini tidak dilayani di sini.\n' +
          'This address is not served here: only the one in PUBLIC_URL, and on the machine itself http://127.0.0.1.\n',
      );
  };
}

/** Somebody at this machine itself: no other name, no other machine. Only for what is open where nobody is served. */
export const isHere = (request: Request): boolean =>
  isLoopback(authority.exec(request.get('host') ?? '')?.groups?.['name'] ?? '') &&
  isLoopbackAddress(request.socket.remoteAddress ?? '');

/** Whose page sent it: one of ours, one of another site, or no page at all. */
export function sender(request: Request): 'own page' | 'other page' | 'program' {
  const origin = request.get('origin');
  if (origin === undefined) return 'program';
  return URL.canParse(origin) && new URL(origin).host === request.get('host')?.toLowerCase()
    ? 'own page'
    : 'other page';
}
