import type { KafkaBatch, KafkaConsumer, KafkaMessage } from '../../../src/adapters/wire/kafka-client.ts'

type SocketFactory = (ask: { host: string; port: number; onConnect(): void }) => unknown

/** One topic in memory, whose client has the surface of kafkajs that is used. */
class Cluster {
  readonly committed: Record<string, string> = {}
  readonly partitions = new Map<number, KafkaMessage[]>()
  fault: Error | undefined
  members = 0
  socketFactory: SocketFactory = () => undefined
  private readonly wakes = new Set<() => void>()
  private crashed: ((event: { payload: { error: Error } }) => void) | undefined

  send(partition: number, key: string, values: readonly (object | null)[]): void {
    const log = this.partitions.get(partition) ?? []
    this.partitions.set(partition, log)
    for (const value of values) {
      const message = { key: Buffer.from(key), offset: String(log.length), timestamp: '1786000000000' }
      log.push({ ...message, value: value && Buffer.from(JSON.stringify(value)) })
    }
    for (const wake of this.wakes) wake()
  }

  /** Every connection is gone, as when the gateway is killed. */
  cut(): void {
    this.wakes.clear()
    this.members = 0
  }

  crash(error: Error): void {
    this.crashed?.({ payload: { error } })
  }

  consumer(): KafkaConsumer {
    const stops: (() => void)[] = []
    return {
      connect: async () => {
        if (this.fault) throw this.fault
        this.members += 1
      },
      subscribe: async () => undefined,
      run: async ({ eachBatch }) => {
        for (const partition of [0, 1]) stops.push(this.serve(partition, eachBatch))
      },
      commitOffsets: async (offsets) => {
        for (const { topic, partition, offset } of offsets) this.committed[`${topic}/${partition}`] = offset
      },
      on: (_, tell) => (this.crashed = tell),
      disconnect: async () => {
        for (const stop of stops) stop()
        this.members = Math.max(0, this.members - 1)
      },
    }
  }

  /** One batch after the other, each once the one before has been worked on to its end. */
  private serve(partition: number, eachBatch: (batch: KafkaBatch) => Promise<void>): () => void {
    let position = Number(this.committed[`rain/${partition}`] ?? 0)
    let busy = false
    const wake = (): void => {
      const messages = this.partitions.get(partition)?.slice(position) ?? []
      if (busy || messages.length === 0) return
      busy = true
      const resolveOffset = (offset: string): void => void (position = Number(offset) + 1)
      const batch = {
        batch: { topic: 'rain', partition, messages },
        heartbeat: async () => {},
        resolveOffset,
      }
      void eachBatch(batch).then(() => {
        busy = false
        if (this.wakes.has(wake)) wake()
      })
    }
    this.wakes.add(wake)
    queueMicrotask(wake)
    return () => void this.wakes.delete(wake)
  }
}

/** Stands in for `Kafka` of kafkajs. */
export class FakeKafka {
  static cluster = new Cluster()

  static fresh(): Cluster {
    FakeKafka.cluster = new Cluster()
    return FakeKafka.cluster
  }

  constructor({ socketFactory }: { socketFactory: SocketFactory }) {
    FakeKafka.cluster.socketFactory = socketFactory
  }

  admin() {
    const { fault } = FakeKafka.cluster
    return {
      async connect() {
        if (fault) throw fault
      },
      disconnect: async () => undefined,
    }
  }

  consumer(): KafkaConsumer {
    return FakeKafka.cluster.consumer()
  }
}
