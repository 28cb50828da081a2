// Whether this browser can keep records: device keys are Ed25519, and keys exist only in a secure context.

/** What is missing, or null when nothing is. */
export type MissingSupport = 'secureContext' | 'signatures'

export async function findMissingSupport(): Promise<MissingSupport | null> {
  if (!globalThis.isSecureContext || !globalThis.crypto?.subtle) return 'secureContext'
  try {
    await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])
    return null
  } catch {
    return 'signatures'
  }
}
