/** 128 random bits as hex. crypto.randomUUID is missing where a wall is served over plain http in a LAN. */
export function uniqueId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
}
