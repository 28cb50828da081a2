// Under which names and addresses this machine is found in its network.
import { hostname, networkInterfaces } from 'node:os'
import { isIP } from 'node:net'

const EVERYWHERE: readonly string[] = ['0.0.0.0', '::']
const OF_ITSELF: readonly string[] = ['localhost', '127.0.0.1', '::1']
const DNS_NAME = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/

/** Says whether a host is heard by this machine alone. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.')
}

/** The addresses other machines may use. One of a single cable (fe80::) needs a zone, which no certificate can name. */
function networkAddresses(): readonly string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, address }) => !internal && !address.toLowerCase().startsWith('fe80:'))
    .map(({ address }) => address)
}

/** Every name and address a leaf of this machine is made for, sorted, each once. */
export function machineNames(host: string, further: readonly string[]): readonly string[] {
  const own = hostname().toLowerCase()
  const names = [own, ...(own.includes('.') ? [] : [`${own}.local`]), host, ...further]
  const usable = names.filter((name) => !EVERYWHERE.includes(name) && (isIP(name) !== 0 || DNS_NAME.test(name)))
  return [...new Set([...OF_ITSELF, ...usable, ...networkAddresses()])].toSorted()
}

/** How others reach the machine: the host itself, or for one that listens everywhere a name given to it, else its first address. */
export function reachableHost(host: string, further: readonly string[]): string {
  if (!EVERYWHERE.includes(host)) return isIP(host) === 6 ? `[${host}]` : host
  const [named] = further
  return named ?? networkAddresses().find((address) => isIP(address) === 4) ?? 'localhost'
}
