// How a browser becomes a device, and how a person opens a sign-in at the server.
import { z } from 'zod'
import { SiteFileKey } from './batch-file.ts'
import { Base64Url, CalendarDate, DeviceId, FacilityId, FacilityKind, Hash, Instant, Role, StaffId } from './values.ts'
import { Pin } from './commands/acts.ts'

/** What a device is for; its scope follows. kiosk: catalogue and sealed cards. instructor: classes not yet sealed. office: the facility. */
export const DevicePurpose = z.enum(['kiosk', 'instructor', 'office'])
export type DevicePurpose = z.infer<typeof DevicePurpose>

/** What a browser still knows of a device whose stores it lost: `lastSeq` entries of `epoch` were acknowledged, the last of them is `head`. */
export const FormerDevice = z.strictObject({
  deviceId: DeviceId,
  epoch: z.string().max(64),
  lastSeq: z.int().min(0),
  head: Hash,
})
export type FormerDevice = z.infer<typeof FormerDevice>

/**
 * `POST /api/join`: a one-time code of 8 characters (10 minutes, one use) and the device's Ed25519 public key (raw 32 bytes). `former` names the
 * device this browser was before it lost both its stores.
 */
export const JoinRequest = z.strictObject({
  code: z.string().regex(/^[A-HJ-NP-Z2-9]{8}$/),
  label: z.string().min(1).max(40),
  publicKey: Base64Url,
  former: FormerDevice.optional(),
})
export type JoinRequest = z.infer<typeof JoinRequest>

/** `POST /api/join/demonstration`: only on the demonstration and only from this very machine. */
export const DemonstrationJoinRequest = JoinRequest.omit({ code: true })

export const JoinAnswer = z.object({
  facilityId: FacilityId,
  facilityName: z.string(),
  deviceId: DeviceId,
  purpose: DevicePurpose,
  deviceSecret: Base64Url,
  serverPublicKey: Base64Url,
  serverEpoch: z.string(),
  /** So that a tablet that joined and never came back can still carry a file; a server of an older version does not say it. */
  fileKey: SiteFileKey.optional(),
})
export type JoinAnswer = z.infer<typeof JoinAnswer>

/**
 * `POST /api/devices/renew-key` (unsigned): the device lost its key and made another. `proof` is HMAC-SHA-256 under the device secret over
 * `renewKeyText`, base64url; `lastSeq` and `head` say where the chain of `epoch` stands on the device. The same request twice is the same renewal.
 */
export const RenewKeyRequest = z.strictObject({
  deviceId: DeviceId,
  publicKey: Base64Url,
  epoch: z.string().max(64),
  lastSeq: z.int().min(0),
  head: Hash,
  proof: Base64Url,
})
export type RenewKeyRequest = z.infer<typeof RenewKeyRequest>
export const RenewKeyAnswer = z.object({ deviceId: DeviceId })

/** The text a renewal is proved over. */
export function renewKeyText(request: Omit<RenewKeyRequest, 'proof'>): string {
  const { deviceId, publicKey, epoch, lastSeq, head } = request
  return `renew-key|${deviceId}|${publicKey}|${epoch}|${String(lastSeq)}|${head}`
}

/** `POST /api/join-codes` (administrator): the code to type on the new device. */
export const JoinCodeRequest = z.strictObject({ purpose: DevicePurpose })
export const JoinCodeAnswer = z.object({ code: z.string(), purpose: DevicePurpose, expiresAt: Instant })
export type JoinCodeAnswer = z.infer<typeof JoinCodeAnswer>

/** `GET /api/devices` (administrator). */
export const DeviceList = z.object({
  devices: z.array(
    z.object({
      deviceId: DeviceId,
      label: z.string(),
      purpose: DevicePurpose,
      joinedAt: Instant,
      lastSeenAt: Instant.nullable(),
      lastSeq: z.int(),
    }),
  ),
})
export type DeviceList = z.infer<typeof DeviceList>

/** `POST /api/sign-in`: opens a staff sign-in at the server, needed for acts. Ten failures in a row disable the account until its PIN is reset. */
export const SignInRequest = z.strictObject({ account: z.string().max(20), pin: Pin })
export const SignInAnswer = z.object({ token: Base64Url, staffId: StaffId, role: Role, expiresAt: Instant })
export type SignInAnswer = z.infer<typeof SignInAnswer>

/** `GET /api/health`, never cached, unsigned. `setUp` false: no facility yet, the first-run set-up is open to a joined device. */
export const Health = z.object({
  status: z.enum(['ok', 'read-only', 'degraded']),
  version: z.string(),
  store: z.enum(['sqlite', 'postgres']),
  facility: z.object({ id: FacilityId, name: z.string(), kind: FacilityKind.nullable() }),
  position: z.int(),
  setUp: z.boolean(),
  demonstration: z.boolean(),
  /** The nightly backup: when the newest good one was made, and whether the last try succeeded. Missing where none is made. */
  backup: z.object({ at: Instant.nullable(), ok: z.boolean() }).optional(),
})
export type Health = z.infer<typeof Health>

/** `GET /api/trust` (unsigned): the root a tablet must trust before https works; null where this server offers no https. `sha256`: 64 capital hexadecimal digits of the DER. */
export const TrustAnswer = z.object({
  root: z.object({ name: z.string(), sha256: z.string().regex(/^[0-9A-F]{64}$/), endsOn: CalendarDate }).nullable(),
  httpsPort: z.int().nullable(),
})
export type TrustAnswer = z.infer<typeof TrustAnswer>

/** `POST /api/setup` (joined office device, once): founds the facility with its first administrator. */
export const SetupRequest = z.strictObject({
  facilityName: z.string().min(1).max(60),
  facilityKind: FacilityKind,
  cityCode: z.string().regex(/^34\d{4}$/),
  account: z.string().regex(/^[a-z][a-z0-9]{2,19}$/),
  displayName: z.string().min(1).max(50),
  pin: Pin,
})
export type SetupRequest = z.infer<typeof SetupRequest>

/** Headers that sign a call. The signature is Ed25519 by the device over `METHOD|path?query|deviceId|nonce|sha256-hex of the body`. */
export const SIGNING_HEADERS = {
  device: 'x-device',
  nonce: 'x-nonce',
  signature: 'x-signature',
  signIn: 'x-sign-in',
} as const
