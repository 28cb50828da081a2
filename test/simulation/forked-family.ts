// A tablet that was copied: two write on the same chain. The site takes one branch, keeps the other, and stops the device; nobody loses a word.
import { devices, forkedBranches } from '#server/ledger/collections.ts'
import { keeps } from './promises.ts'
import type { SimulatedSite } from './simulated-site.ts'
import type { SimulatedTablet } from './simulated-tablet.ts'

/** The first seq at which two tablets wrote different entries; null where one is the beginning of the other. */
function partingSeq([first, second]: readonly SimulatedTablet[]): number | null {
  const mine = first?.disk.rows.journal ?? []
  const other = second?.disk.rows.journal ?? []
  const at = mine.findIndex(({ id }, index) => other[index] !== undefined && other[index].id !== id)
  return at === -1 ? null : at + 1
}

/** Whether a tablet may stop sending: its device is in quarantine, or it has seen another history of itself at the site, and says so. */
export function isStopped({ troubles }: Pick<SimulatedTablet, 'troubles'>): boolean {
  return troubles.includes('chain-forked')
}

/** I3 of a copied tablet and its copy; answers whether their histories part at the site. */
export async function checkFamily(site: SimulatedSite, family: readonly SimulatedTablet[]): Promise<boolean> {
  const [first] = family
  if (first === undefined) return false
  const { deviceId, epoch } = first.device
  const { stored, device, branches } = await site.store.read(site.context.facilityId, async (view) => ({
    stored: await view.entries.ofDevice(deviceId, epoch, 1, 1_000_000),
    device: await devices.get(view, deviceId),
    branches: await forkedBranches.list(view, `${deviceId}|`),
  }))
  const isBranchOf = ({ disk }: SimulatedTablet) => stored.every(({ id, seq }) => disk.rows.journal[seq - 1]?.id === id)
  keeps(family.some(isBranchOf), 'I3', () => `the chain of ${first.name} at the site is nobody's`)
  for (const tablet of family) {
    const { unsentCount } = tablet.ledger.ownWork()
    keeps(
      unsentCount === 0 || isStopped(tablet),
      'I7',
      () => `${tablet.name} was copied and still has ${String(unsentCount)} unsent, but says ${tablet.troubles.join()}`,
    )
  }
  const seq = partingSeq(family)
  if (seq === null || stored.length < seq) return false
  keeps(
    device !== null && device.value.quarantinedAt !== null,
    'I3',
    () => `${first.name} and its copy part at ${String(seq)}, and the device is not in quarantine`,
  )
  const loser = family.find((tablet) => !isBranchOf(tablet))
  const text = loser?.disk.rows.journal[seq - 1]?.text
  const isKept = branches.some(({ value }) => value.texts[seq - value.fromSeq] === text)
  keeps(
    loser === undefined || isKept,
    'I3',
    () => `the branch of ${String(loser?.name)} from ${String(seq)} on is not kept`,
  )
  return true
}
