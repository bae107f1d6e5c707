import { type Ref, ref } from 'vue'
import { type CommandAnswer, useCommands } from '../../stores/commands.ts'
import { useSituation } from '../../stores/situation.ts'
import { useWords } from '../../ui/words.ts'
import { refusalText } from '../parts/refusal-words.ts'

/** Sends a command for one thing and keeps what the gateway said until the next try. The screen itself changes by the stream only. */
export function useAction(): {
  busy: Ref<boolean>
  refused: Ref<string | undefined>
  act(
    send: (
      commands: ReturnType<typeof useCommands>,
      seen: (stream: string) => number,
    ) => Promise<CommandAnswer>,
  ): Promise<boolean>
} {
  const [commands, situation] = [useCommands(), useSituation()]
  const { t } = useWords()
  const busy = ref(false)
  const refused = ref<string>()

  return {
    busy,
    refused,
    async act(send) {
      if (busy.value) return false
      busy.value = true
      refused.value = undefined
      const answer = await send(commands, (stream) => situation.streams.get(stream) ?? 0)
      busy.value = false
      if (!answer.ok) refused.value = t('desk.refused', { reason: refusalText(answer.reason, t) })
      return answer.ok
    },
  }
}
