import {
  type MaybeRefOrGetter,
  onScopeDispose,
  type Ref,
  ref,
  type ShallowRef,
  shallowRef,
  toValue,
  watch,
} from 'vue'
import { readLineage, readRefusals } from '../client/gateway.ts'
import { asGatewayError } from '../client/http.ts'
import type { Lineage } from '../domain/observation.ts'
import type { Refusal } from '../domain/reading.ts'

export interface AnswerView<T> {
  answer: ShallowRef<T | undefined>
  loading: Ref<boolean>
  error: Ref<string | undefined>
}

/** The source record of an observation; nothing is asked while the id is undefined. */
export function useLineage(id: MaybeRefOrGetter<string | undefined>): AnswerView<Lineage> {
  return useAnswer(id, readLineage)
}

/** What a source sent that could not be taken. */
export function useRefusals(source: MaybeRefOrGetter<string | undefined>): AnswerView<readonly Refusal[]> {
  return useAnswer(source, async (id, signal) => (await readRefusals(id, signal)).refusals)
}

function useAnswer<T>(
  key: MaybeRefOrGetter<string | undefined>,
  ask: (key: string, signal: AbortSignal) => Promise<T>,
): AnswerView<T> {
  const answer = shallowRef<T>()
  const loading = ref(false)
  const error = ref<string>()
  let running: AbortController | undefined

  async function run(wanted: string | undefined): Promise<void> {
    running?.abort()
    answer.value = undefined
    error.value = undefined
    loading.value = wanted !== undefined
    if (wanted === undefined) return
    const controller = (running = new AbortController())
    try {
      const found = await ask(wanted, controller.signal)
      if (running === controller) answer.value = found
    } catch (cause) {
      if (running === controller) error.value = asGatewayError(cause).message
    } finally {
      if (running === controller) loading.value = false
    }
  }

  watch(() => toValue(key), run, { immediate: true })
  onScopeDispose(() => running?.abort())
  return { answer, loading, error }
}
