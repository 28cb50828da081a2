// Acts on staff that touch a secret: the PIN is stretched before the transaction, and only the wrapped vault key is kept.
import { staffStream } from '#contract/streams.ts'
import { closeSignIns } from '#server/devices/sign-ins.ts'
import { clearSignInFailures } from '#server/devices/sign-in-tries.ts'
import type { ActPerformer } from '#server/ledger/server-context.ts'
import { appendAsServer } from '#server/ledger/append-as-server.ts'
import { staffKeys } from '#server/ledger/collections.ts'
import { loadState } from '#server/ledger/load-states.ts'
import { done, problem } from '#server/ledger/outcome.ts'
import { decideAct } from '#server/ledger/perform-act.ts'
import { KEY_BYTES } from '#server/vault/cipher.ts'
import { PIN_COST, freshCost } from '#server/vault/key-derivation.ts'
import type { DerivedPin } from '#server/vault/staff-keys.ts'
import { derivePin, makeStaffKey } from '#server/vault/staff-keys.ts'
import { readVaultRow, writeVaultRow } from '#server/vault/vault-rows.ts'
import { writtenBy } from './written.ts'

/** Appoints someone: the ledger learns the account and the role, the vault the name, and the PIN wraps the vault key. */
export const appointStaff: ActPerformer<'appointStaff', DerivedPin> = {
  prepare: (body, context) => derivePin(body.pin, context),
  async perform({ body, prepared, actor }, tx, context) {
    const decided = await decideAct(tx, context, actor, 'appointStaff', body)
    if (!decided.ok) return decided
    const recorded = await appendAsServer(tx, context, actor, decided.value)
    const { staffId, account, staffRole } = body
    const named = await writeVaultRow(
      tx,
      context,
      { kind: 'staff', id: staffId, content: { displayName: body.displayName } },
      0,
    )
    const key = makeStaffKey({ staffId, account, staffRole, revision: 1 }, prepared, context)
    const keyed = await staffKeys.put(tx, staffId, key, 0)
    // The decision already refused a known id; rows without an appointment would mean a broken store.
    if (named === null || keyed === null) return problem('internal')
    return done(writtenBy(recorded))
  },
}

/** Changes someone's name in the vault; the ledger notes that it was changed. The name he has already is no entry. */
export const renameStaff: ActPerformer<'renameStaff'> = {
  async perform({ body, actor }, tx, context) {
    const { staffId } = body
    const displayName = body.displayName.trim()
    if (displayName === '') return problem('malformed', { params: { path: '/body/displayName' } })
    const decided = await decideAct(tx, context, actor, 'renameStaff', body)
    if (!decided.ok) return decided
    const row = await readVaultRow(tx, context.vaultKey, 'staff', staffId)
    if (row === null) return problem('refused', { refusal: 'access/staff-unknown' })
    if (row.content.displayName === displayName) return done({ positions: [] })
    const recorded = await appendAsServer(tx, context, actor, decided.value)
    const named = await writeVaultRow(
      tx,
      context,
      { kind: 'staff', id: staffId, content: { displayName } },
      row.revision,
    )
    return named === null ? problem('internal') : done(writtenBy(recorded))
  },
}

/** Gives someone a new PIN. The old one opens nothing any more once a tablet has synced; the account is unlocked. */
export const resetPin: ActPerformer<'resetPin', DerivedPin> = {
  prepare: (body, context) => derivePin(body.pin, context),
  async perform({ body, prepared, actor }, tx, context) {
    const decided = await decideAct(tx, context, actor, 'resetPin', body)
    if (!decided.ok) return decided
    const recorded = await appendAsServer(tx, context, actor, decided.value)
    const { staffId } = body
    const { account, staffRole } = await loadState(tx, 'staff', staffStream(staffId))
    if (staffRole === null) return problem('not-found')
    const revision = (await staffKeys.get(tx, staffId))?.revision ?? 0
    await staffKeys.put(
      tx,
      staffId,
      makeStaffKey({ staffId, account, staffRole, revision: revision + 1 }, prepared, context),
      revision,
    )
    await clearSignInFailures(tx, staffId)
    await closeSignIns(tx, staffId)
    return done(writtenBy(recorded))
  },
}

/**
 * Disables someone. His key row is overwritten with one that no PIN opens, so that neither a tablet nor a copy of the
 * database opens the vault with the old PIN; after enabling him again a new PIN is set.
 */
export const disableStaff: ActPerformer<'disableStaff'> = {
  async perform({ body, actor }, tx, context) {
    const decided = await decideAct(tx, context, actor, 'disableStaff', body)
    if (!decided.ok) return decided
    const recorded = await appendAsServer(tx, context, actor, decided.value)
    const { staffId } = body
    const stored = await staffKeys.get(tx, staffId)
    if (stored !== null) {
      const nobody = { cost: freshCost(PIN_COST, context.random), key: context.random(KEY_BYTES) }
      const sealer = { vaultKey: context.random(KEY_BYTES), random: context.random }
      await staffKeys.put(
        tx,
        staffId,
        makeStaffKey({ ...stored.value, revision: stored.revision + 1 }, nobody, sealer),
        stored.revision,
      )
    }
    await closeSignIns(tx, staffId)
    return done(writtenBy(recorded))
  },
}
