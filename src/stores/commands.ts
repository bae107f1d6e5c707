import { defineStore } from 'pinia'
import { ref } from 'vue'
import { asGatewayError } from '../client/http.ts'
import { sendCommand } from '../client/gateway.ts'
import { uniqueId } from '../client/unique-id.ts'
import type { Command } from '../domain/command.ts'
import { useClock } from './clock.ts'

type Payload<T extends Command['type']> = Extract<Command, { type: T }>['payload']
export type CommandAnswer = { ok: true; sequence: number } | { ok: false; reason: string }

/** The only way a screen changes anything: a command to the gateway, answered by a record on the stream. */
export const useCommands = defineStore('commands', () => {
  const clock = useClock()
  const pending = ref(0)

  /**
   * `expectedSequence`: records seen on that stream, where acting on an old view would be wrong. `id`: of a command that several
   * screens may send and that must be done once.
   */
  async function send<T extends Command['type']>(
    type: T,
    stream: string,
    payload: Payload<T>,
    expectedSequence?: number,
    id = uniqueId(),
  ): Promise<CommandAnswer> {
    if (clock.asOf !== undefined)
      return { ok: false, reason: `this page shows ${clock.asOf}; the past cannot be changed` }
    pending.value += 1
    try {
      const envelope = {
        id,
        type,
        stream,
        payload,
        ...(expectedSequence === undefined ? {} : { expectedSequence }),
      }
      const { sequence } = await sendCommand(envelope as unknown as Command)
      return { ok: true, sequence }
    } catch (error) {
      return { ok: false, reason: asGatewayError(error).message }
    } finally {
      pending.value -= 1
    }
  }

  return { send, pending }
})
