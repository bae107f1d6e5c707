/** One packet of HJ 212 as it came: `##`, four digits of length, that many bytes, four hexadecimal digits, CR LF. */
export interface Frame {
  /** The data between length and checksum, GBK as the standard writes Chinese. */
  text: string
  bytes: Uint8Array
}

export type FrameEvent = { frame: Frame } | { fault: string }

/** Longest packet a length of four digits can tell of, with all that stands around it. */
const longestPacket = 2 + 4 + 9_999 + 4 + 2
const hash = 0x23
const newline = [0x0d, 0x0a] as const

/** The checksum of HJ 212 appendix A: not that of MODBUS, each byte meets the upper half of the register. */
export function hj212Checksum(bytes: Uint8Array): string {
  let register = 0xff_ff
  for (const byte of bytes) {
    register = (register >> 8) ^ byte
    for (let bit = 0; bit < 8; bit++) register = register & 1 ? (register >> 1) ^ 0xa0_01 : register >> 1
  }
  return register.toString(16).toUpperCase().padStart(4, '0')
}

/** A packet to send. The text is ASCII: an answer says nothing in Chinese. */
export function hj212Packet(text: string): Uint8Array {
  const content = new TextEncoder().encode(text)
  const head = `##${String(content.length).padStart(4, '0')}`
  return new TextEncoder().encode(`${head}${text}${hj212Checksum(content)}\r\n`)
}

/**
 * Cuts a stream into packets, wherever TCP cut or joined it. What is broken is told once and skipped to the next `##`: a length
 * that lies must not swallow the packets behind it.
 */
export class FrameCutter {
  private rest: Uint8Array = new Uint8Array()
  /** True from a fault until a good packet: one broken packet may hold several false starts. */
  private lost = false

  push(chunk: Uint8Array): FrameEvent[] {
    this.rest = joined(this.rest, chunk)
    const events: FrameEvent[] = []
    for (;;) {
      const start = startOf(this.rest)
      if (this.rest.subarray(0, start).some((byte) => byte !== newline[0] && byte !== newline[1]))
        this.tell(events, 'bytes that are no packet')
      this.rest = this.rest.subarray(start)
      const cut = this.cut()
      if (cut === 'more') return events
      if ('fault' in cut) {
        this.tell(events, cut.fault)
        this.rest = this.rest.subarray(2)
      } else {
        this.lost = false
        events.push(cut)
      }
    }
  }

  private tell(events: FrameEvent[], fault: string): void {
    if (!this.lost) events.push({ fault })
    this.lost = true
  }

  private cut(): FrameEvent | 'more' {
    const { rest } = this
    const head = ascii(rest.subarray(2, 6))
    if (!/^\d*$/.test(head)) return { fault: 'the length is no number of four digits' }
    if (head.length < 4) return 'more'
    const end = 6 + Number(head)
    const early = lineEndBefore(rest, Math.min(end, rest.length))
    if (early) return { fault: `the packet ends before its length of ${Number(head)} bytes` }
    if (rest.length < end + 4) return 'more'
    const bytes = rest.slice(6, end)
    const told = ascii(rest.subarray(end, end + 4))
    const counted = hj212Checksum(bytes)
    if (told.toUpperCase() !== counted) return { fault: `the checksum is ${counted}, not as told` }
    this.rest = rest.subarray(end + 4)
    return { frame: { text: new TextDecoder('gb18030').decode(bytes), bytes } }
  }
}

function joined(before: Uint8Array, chunk: Uint8Array): Uint8Array {
  const all = new Uint8Array(before.length + chunk.length)
  all.set(before)
  all.set(chunk, before.length)
  return all
}

/** Where the next `##` stands; all but a last single `#` is passed over where there is none. */
function startOf(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(hash); at !== -1; at = bytes.indexOf(hash, at + 1))
    if (at + 1 === bytes.length || bytes[at + 1] === hash) return at
  return bytes.length
}

function lineEndBefore(bytes: Uint8Array, end: number): boolean {
  const searched = bytes.subarray(6, Math.min(end, longestPacket))
  const at = searched.indexOf(newline[0])
  return at !== -1 && searched[at + 1] === newline[1]
}

const ascii = (bytes: Uint8Array): string => String.fromCharCode(...bytes)
