import { type Socket, connect } from 'node:net'
import { FrameCutter, hj212Packet } from '../../../src/adapters/wire/hj212-frame.ts'

export interface Device {
  /** Sends a data packet; `cp` is what stands between && and &&. */
  send(
    qn: string,
    cp: string,
    head?: Partial<Record<'CN' | 'MN' | 'Flag' | 'PNO' | 'PNUM' | 'PW', string>>,
  ): void
  raw(bytes: Uint8Array): void
  /** The text of the next answer. */
  answer(): Promise<string>
  /** Answers that have come and nobody asked for. */
  unread(): number
  close(): void
}

/** A data logger as the standard describes it: dials in, sends packets, is answered 9014. */
export async function dialIn(port: number): Promise<Device> {
  const socket = await connected(port)
  const cutter = new FrameCutter()
  const answers: string[] = []
  const waiting: ((text: string) => void)[] = []
  socket.on('data', (chunk) => {
    for (const event of cutter.push(chunk)) {
      const text = 'frame' in event ? event.frame.text : event.fault
      const asked = waiting.shift()
      if (asked) asked(text)
      else answers.push(text)
    }
  })
  socket.on('error', () => undefined)
  return {
    send(qn, cp, head = {}) {
      const fields = { ST: '22', CN: '2011', PW: '123456', MN: 'CC0000000001', Flag: '5', ...head }
      const named = Object.entries(fields).map(([name, value]) => `${name}=${value}`)
      socket.write(hj212Packet(`QN=${qn};${named.join(';')};CP=&&${cp}&&`))
    },
    raw: (bytes) => void socket.write(bytes),
    answer: () => {
      const kept = answers.shift()
      return kept === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(kept)
    },
    unread: () => answers.length,
    close: () => void socket.destroy(),
  }
}

/** The listener may be a moment behind. */
async function connected(port: number): Promise<Socket> {
  for (let tries = 0; ; tries++) {
    const socket = connect({ host: '127.0.0.1', port })
    const failure = await new Promise<Error | undefined>((resolve) => {
      socket.once('connect', () => resolve(undefined))
      socket.once('error', resolve)
    })
    if (!failure) return socket
    if (tries > 200) throw failure
    await new Promise((resolve) => setImmediate(resolve))
  }
}
