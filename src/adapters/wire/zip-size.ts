/**
 * Bytes a ZIP archive says it unpacks to (PKWARE APPNOTE 4.3.12, 4.3.16), or undefined where it is no archive. Read before
 * anything is unpacked: a few kilobytes can unpack to gigabytes.
 */
export function unpackedBytes(bytes: Uint8Array): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = endOfDirectory(view)
  if (end === undefined) return undefined
  let at = view.getUint32(end + 16, true)
  let total = 0
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== 0x02014b50) return undefined
    total += view.getUint32(at + 24, true)
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return total
}

/** The end record is the last thing in the file but for a comment of at most 64 KiB. */
function endOfDirectory(view: DataView): number | undefined {
  const earliest = Math.max(0, view.byteLength - 22 - 0xffff)
  for (let at = view.byteLength - 22; at >= earliest; at--)
    if (view.getUint32(at, true) === 0x06054b50) return at
  return undefined
}
