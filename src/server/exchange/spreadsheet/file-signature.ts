// Says what a file really is by its first bytes: a name ending in .xlsx proves nothing.

/** What the leading bytes show; `text` means nothing binary was recognised. */
type FileSignature = 'zip' | 'old-xls' | 'password-protected' | 'other' | 'text'

const otherSignatures: readonly (readonly number[])[] = [
  [0x25, 0x50, 0x44, 0x46], // PDF
  [0x89, 0x50, 0x4e, 0x47], // PNG
  [0xff, 0xd8, 0xff], // JPEG
  [0x47, 0x49, 0x46, 0x38], // GIF
  [0x52, 0x61, 0x72, 0x21], // RAR
  [0x37, 0x7a, 0xbc, 0xaf], // 7z
  [0x1f, 0x8b], // gzip
  [0x7b, 0x5c, 0x72, 0x74, 0x66], // RTF
  [0x4d, 0x5a], // Windows program
  [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], // SQLite
]
const zipSignature = [0x50, 0x4b]
const compoundSignature = [0xd0, 0xcf, 0x11, 0xe0]

/** Recognises the container of a file; a file of the old Office kind is told apart by the streams it names. */
export function signatureOf(bytes: Uint8Array): FileSignature {
  if (startsWith(bytes, zipSignature)) return 'zip'
  if (startsWith(bytes, compoundSignature)) return compoundKind(bytes)
  if (otherSignatures.some((signature) => startsWith(bytes, signature))) return 'other'
  return 'text'
}

function compoundKind(bytes: Uint8Array): FileSignature {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  // A protected .xlsx is kept by Office inside this old container, in a stream of this name.
  if (buffer.includes(Buffer.from('EncryptedPackage', 'utf16le'))) return 'password-protected'
  const isWorkbook = ['Workbook', 'Book'].some((name) => buffer.includes(Buffer.from(`${name}\0`, 'utf16le')))
  return isWorkbook ? 'old-xls' : 'other'
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return bytes.byteLength >= signature.length && signature.every((value, index) => bytes[index] === value)
}
