// Stored cards: what is sealed for a person, and how it is sealed and resealed. Which card is stale is cards.ts.
import { createHmac } from 'node:crypto'
import { canonicalText } from '#contract/canonical.ts'
import type { TraineeId } from '#contract/values.ts'
import type { OwnState, TraineeCard } from '#contract/vault.ts'
import { recordCollection } from '#server/ledger/record-collection.ts'
import { KEY_BYTES, freshIv, fromBase64Url, open, seal, sealJson, toBase64Url } from './cipher.ts'
import { CODE_COST, deriveKey, freshCost } from './key-derivation.ts'
import type { VaultSealer } from './vault-rows.ts'

/**
 * A card at rest. The card key is kept sealed with the vault key, so that the content can be renewed without the person's code.
 * `mark` is an HMAC over the content without its day: equal marks mean nothing to reseal.
 */
export interface StoredCard extends Omit<TraineeCard, 'lookup' | 'revision'> {
  readonly traineeId: TraineeId
  readonly heldKeyIv: string
  readonly heldKey: string
  readonly mark: string
}

/** Stored cards by their opaque card id; the record's revision is the card's. */
export const cards = recordCollection<StoredCard>('card')
/** Card ids by trainee. */
export const cardIds = recordCollection<{ readonly cardId: string }>('cardId')

/** A card key wrapped by a person's code: the slow step, done before any transaction. */
export interface WrappedCardKey {
  readonly cardKey: Uint8Array
  readonly cost: TraineeCard['cost']
  readonly keyIv: string
  readonly wrapped: string
}

const heldKeyAad = (cardId: string): string => `card-held-key|${cardId}`
const markLabel = 'card-mark|'

/** Makes a card key and wraps it for facility number and code. */
export async function wrapCardKey(facilityNumber: string, code: string, sealer: VaultSealer): Promise<WrappedCardKey> {
  const cost = freshCost(CODE_COST, sealer.random)
  const cardKey = sealer.random(KEY_BYTES)
  const iv = freshIv(sealer.random)
  const wrapping = await deriveKey(`${facilityNumber}:${code}`, cost)
  return { cardKey, cost, keyIv: toBase64Url(iv), wrapped: toBase64Url(seal(wrapping, iv, 'card-key', cardKey)) }
}

/** Seals a card that has a fresh key. */
export function sealNewCard(
  cardId: string,
  key: WrappedCardKey,
  own: OwnState,
  revision: number,
  sealer: VaultSealer,
): StoredCard {
  const heldIv = freshIv(sealer.random)
  return {
    traineeId: own.traineeId,
    cost: key.cost,
    keyIv: key.keyIv,
    wrapped: key.wrapped,
    heldKeyIv: toBase64Url(heldIv),
    heldKey: toBase64Url(seal(sealer.vaultKey, heldIv, heldKeyAad(cardId), key.cardKey)),
    ...sealedContent(key.cardKey, own, revision, sealer),
  }
}

/** The same card with new content as its next revision; null when the content has not changed. */
export function renewCard(
  cardId: string,
  card: StoredCard,
  own: OwnState,
  revision: number,
  sealer: VaultSealer,
): StoredCard | null {
  if (markOf(own, sealer) === card.mark) return null
  const cardKey = open(sealer.vaultKey, fromBase64Url(card.heldKeyIv), heldKeyAad(cardId), fromBase64Url(card.heldKey))
  if (cardKey === null) throw new Error(`the card ${cardId} does not open with this vault key`)
  return { ...card, ...sealedContent(cardKey, own, revision, sealer) }
}

/** The card as one device gets it: found by an HMAC only this device can compute. */
export function cardForDevice(
  card: StoredCard,
  revision: number,
  facilityNumber: string,
  deviceSecret: string,
): TraineeCard {
  const lookup = createHmac('sha256', fromBase64Url(deviceSecret)).update(facilityNumber, 'utf8').digest('base64url')
  const { cost, keyIv, wrapped, iv, sealed } = card
  return { lookup, revision, cost, keyIv, wrapped, iv, sealed }
}

function sealedContent(
  cardKey: Uint8Array,
  own: OwnState,
  revision: number,
  sealer: VaultSealer,
): Pick<StoredCard, 'iv' | 'sealed' | 'mark'> {
  const iv = freshIv(sealer.random)
  return {
    iv: toBase64Url(iv),
    sealed: toBase64Url(sealJson(cardKey, iv, `card|${revision}`, own)),
    mark: markOf(own, sealer),
  }
}

function markOf(own: OwnState, sealer: VaultSealer): string {
  const { asOf: _day, ...content } = own
  return createHmac('sha256', sealer.vaultKey)
    .update(markLabel + canonicalText(content), 'utf8')
    .digest('base64url')
}
