/** Hands bytes to the browser as a file to keep. */
export function saveFile(blob: Blob, fileName: string): void {
  const address = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  // Chromium reads the address after the click returned.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
