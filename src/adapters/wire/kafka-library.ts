import { SourceError } from '../../contracts/indicator-adapter.ts'
import type { KafkaClient } from './kafka-client.ts'

export interface KafkaLibrary {
  Kafka: new (options: Readonly<Record<string, unknown>>) => KafkaClient
  logLevel: { NOTHING: number }
}

/** kafkajs where it was installed beside the gateway. By a name that no bundler follows, because it is no dependency. */
export async function kafkaLibrary(): Promise<KafkaLibrary> {
  const library: string = 'kafkajs'
  try {
    const module = (await import(/* @vite-ignore */ library)) as KafkaLibrary & { default?: KafkaLibrary }
    return module.default ?? module
  } catch {
    throw new SourceError(
      'the Kafka client is not installed here: npm install kafkajs@2.2.4 beside the gateway',
    )
  }
}
