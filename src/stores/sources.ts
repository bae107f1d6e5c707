import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { SourceHealth } from '../domain/source.ts'

/** How the upstreams do, as the gateway's runner last said. */
export const useSources = defineStore('sources', () => {
  const health = shallowRef<readonly SourceHealth[]>([])
  const okCount = computed(() => health.value.filter((source) => source.state === 'ok').length)
  const lateSources = computed(() =>
    health.value.filter((source) => source.state !== 'ok' && source.state !== 'starting'),
  )

  function accept(list: readonly SourceHealth[]): void {
    health.value = list
  }

  return { health, okCount, lateSources, accept }
})
