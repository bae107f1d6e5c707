import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import type { Language } from '../domain/text.ts'

export type Connection = 'connecting' | 'live' | 'reconnecting' | 'static'

const languageKey = 'citydeck.language'

/** This screen's tie to the gateway and its own preferences. */
export const useSession = defineStore('session', () => {
  const connection = ref<Connection>('connecting')
  /** True where the app answers itself, without a gateway. */
  const isStatic = ref(false)
  /** Server time of the last word from the gateway: how old an event-driven figure is at worst. */
  const heardMs = ref(0)
  const language = ref<Language>(localStorage.getItem(languageKey) === 'en' ? 'en' : 'zh')
  watch(language, (value) => localStorage.setItem(languageKey, value))

  /** What the stream says of the way to the gateway; a static app has none and says so. */
  function link(now: Connection): void {
    connection.value = isStatic.value && now === 'live' ? 'static' : now
  }

  return { connection, isStatic, heardMs, language, link }
})
