import { type Socket, createConnection } from 'node:net'
import mqtt, { type Packet } from 'mqtt-packet'
import type { Running } from '../../support/services/service.ts'

const version = { protocolVersion: 5 } as const

/** A publisher as a sensor network has one: what the broker has not acknowledged is sent again when it is back. */
export class MqttPublisher {
  private readonly running: Running
  private readonly name: string
  private socket: Socket | undefined
  private readonly waiting = new Map<number, { packet: Packet; done: () => void }>()
  private nextId = 0
  private closed = false
  private ready: Promise<void>

  constructor(running: Running, name: string) {
    this.running = running
    this.name = name
    this.ready = this.connect()
  }

  /** Resolves when the broker has it. */
  async publish(topic: string, payload: string, retain = false): Promise<void> {
    await this.ready
    this.nextId = (this.nextId % 65_535) + 1
    const messageId = this.nextId
    const packet: Packet = { cmd: 'publish', topic, payload, qos: 1, dup: false, retain, messageId }
    await new Promise<void>((done) => {
      this.waiting.set(messageId, { packet, done })
      this.send(packet)
    })
  }

  close(): void {
    this.closed = true
    this.socket?.destroy()
  }

  private send(packet: Packet): void {
    if (this.socket?.writable) this.socket.write(mqtt.generate(packet, version))
  }

  private connect(): Promise<void> {
    return new Promise((ready) => {
      const { port } = new URL(this.running.address)
      const socket = createConnection(Number(port), '127.0.0.1')
      const parser = mqtt.parser(version)
      this.socket = socket
      parser.on('packet', (packet: Packet) => {
        if (packet.cmd === 'connack') {
          for (const { packet: unacknowledged } of this.waiting.values()) this.send(unacknowledged)
          ready()
        } else if (packet.cmd === 'puback') {
          this.waiting.get(packet.messageId ?? 0)?.done()
          this.waiting.delete(packet.messageId ?? 0)
        }
      })
      socket.on('data', (chunk: Buffer) => void parser.parse(chunk))
      socket.on('error', () => undefined)
      socket.on('close', () => {
        if (!this.closed) setTimeout(() => void this.connect().then(ready), 20)
      })
      const { user, password } = this.running.settings
      const connect: Packet = {
        cmd: 'connect',
        clientId: this.name,
        protocolId: 'MQTT',
        ...version,
        clean: true,
        keepalive: 0,
        username: user!,
        password: Buffer.from(password!),
      }
      socket.on('connect', () => socket.write(mqtt.generate(connect, version)))
    })
  }
}
