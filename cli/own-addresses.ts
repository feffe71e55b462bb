/** Addresses by which a server on this machine is reached. */
import { networkInterfaces } from 'node:os';

/** Interfaces that lead to no phone: of containers, virtual machines and tunnels. */
const INWARD = /^(docker|br-|veth|virbr|vmnet|vbox|lxc|cni|tun|tap|utun|wg|zt|tailscale)|vethernet|virtualbox|vmware/i;

/** This machine's in its networks, IPv4: first those that others are most likely in. */
export function ownAddresses(): string[] {
  const all = Object.entries(networkInterfaces()).flatMap(([name, list]) => (list ?? []).filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => ({ name, address })));
  const far = ({ name, address }: (typeof all)[number]): number => Number(INWARD.test(name)) + 2 * Number(address.startsWith('169.254.')); // given to itself, for want of a network
  return all.sort((a, b) => far(a) - far(b)).map(({ address }) => address);
}

/** To type into a browser: where all interfaces are listened to, every address of this machine. @throws where others are to reach it, and it is in no network */
export function addressesOf(host: string, forOthers: boolean): string[] {
  if (host !== '0.0.0.0' && host !== '::') return [host.includes(':') ? `[${host}]` : host];
  const own = ownAddresses();
  if (!forOthers) return ['localhost', ...own];
  if (own.length === 0) throw new Error('this machine is in no network: connect it to one, name one of its addresses by --host, or leave --lan out');
  return own;
}
