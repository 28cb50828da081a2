// What the vault has opened, as something a page can watch. Empty whenever the vault is locked.
import { defineStore } from 'pinia'
import { shallowRef, watch } from 'vue'
import type { VaultContent, VaultKind } from '#contract/vault.ts'
import { clientCore } from './container.ts'

export const useOpenedRows = defineStore('opened-rows', () => {
  const core = clientCore()
  const revision = shallowRef(0)
  const ready = shallowRef(false)
  let turn = 0

  const tell = (): void => {
    revision.value += 1
  }
  /** Opens what came new; pages see each portion as it is ready, and `ready` once everything is open. */
  async function refresh(): Promise<void> {
    turn += 1
    const mine = turn
    const vault = core.joined.value?.vault
    if (vault?.unlocked !== true) return
    await vault.refresh(tell)
    if (mine === turn) ready.value = vault.unlocked
  }
  /** Closes the vault and forgets everything opened. */
  function close(): void {
    turn += 1
    core.joined.value?.vault.lock()
    ready.value = false
    tell()
  }
  /** The opened content of one row, or undefined. */
  function row<K extends VaultKind>(kind: K, id: string): VaultContent[K] | undefined {
    // Read so that whoever asks is told of every change.
    void revision.value
    return core.joined.value?.vault.rows.get(`${kind}|${id}`)?.content as VaultContent[K] | undefined
  }
  /** Every opened row of a kind, by id. */
  function rowsOf<K extends VaultKind>(kind: K): ReadonlyMap<string, VaultContent[K]> {
    void revision.value
    const found = new Map<string, VaultContent[K]>()
    for (const opened of core.joined.value?.vault.rows.values() ?? [])
      if (opened.kind === kind) found.set(opened.id, opened.content as VaultContent[K])
    return found
  }
  watch(core.privateRevision, () => void refresh())
  return { ready, row, rowsOf, refresh, close, tell }
})
