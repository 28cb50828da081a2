// A training provider's certificate key at rest: its seed, sealed with a key only this server can make. The vault key, which
// every signed-in tablet holds, does not open it.
import { hkdfSync } from 'node:crypto'
import type { EntryDraft } from '#domain/shared/decider.ts'
import { providerStream } from '#contract/streams.ts'
import type { KeyId, ProviderId } from '#contract/values.ts'
import type { SigningKey } from '#server/ledger/ed25519.ts'
import { signingKeyOf } from '#server/ledger/ed25519.ts'
import type { ServerContext } from '#server/ledger/server-context.ts'
import type { LedgerReader, LedgerTransaction } from '#server/storage/ledger-store.ts'
import { recordCollection } from '#server/ledger/record-collection.ts'
import { KEY_BYTES, freshIv, fromBase64Url, open, seal, toBase64Url } from '#server/vault/cipher.ts'

interface StoredProviderKey {
  readonly providerId: ProviderId
  readonly keyId: KeyId
  readonly iv: string
  readonly sealed: string
}

/** A key ready to sign. */
export interface ProviderKey extends SigningKey {
  readonly keyId: KeyId
}

const providerKeys = recordCollection<StoredProviderKey>('providerKey')
const SEALING_LABEL = 'xincheng|provider-key-sealing|v1'
const aadOf = (keyId: KeyId): string => `provider-key|${keyId}`

/** Ed25519 signatures are the same every time, so the server's signature of a fixed text is a secret only its key holder can make. */
function sealingKeyOf(context: ServerContext): Uint8Array {
  const secret = fromBase64Url(context.serverKeys.sign(SEALING_LABEL))
  return new Uint8Array(hkdfSync('sha256', secret, context.facilityId, SEALING_LABEL, KEY_BYTES))
}

/** Makes a provider's key, keeps it sealed, and answers the entry that makes its public half known. */
export async function makeProviderKey(
  tx: LedgerTransaction,
  context: ServerContext,
  providerId: ProviderId,
): Promise<EntryDraft> {
  const keyId = context.newId() as KeyId
  const seed = context.random(KEY_BYTES)
  const iv = freshIv(context.random)
  const sealed = seal(sealingKeyOf(context), iv, aadOf(keyId), seed)
  await providerKeys.put(tx, keyId, { providerId, keyId, iv: toBase64Url(iv), sealed: toBase64Url(sealed) }, 0)
  return {
    stream: providerStream(providerId),
    kind: 'provider.key-made.v1',
    body: { providerId, keyId, publicKey: signingKeyOf(seed).publicKey },
    occurredOn: context.clock.today(),
    basedOn: null,
  }
}

/** Opens a key by id; null when this server never had it or its own key has changed since. */
export async function openProviderKey(
  tx: LedgerReader,
  context: ServerContext,
  keyId: KeyId,
): Promise<ProviderKey | null> {
  const stored = await providerKeys.get(tx, keyId)
  if (stored === null) return null
  const seed = open(
    sealingKeyOf(context),
    fromBase64Url(stored.value.iv),
    aadOf(keyId),
    fromBase64Url(stored.value.sealed),
  )
  return seed === null ? null : { keyId, ...signingKeyOf(seed) }
}
