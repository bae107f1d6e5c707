import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Indicator } from '../domain/indicator.ts'
import type { Region } from '../domain/region.ts'
import { dayAt, standingRegions } from '../domain/regions-at.ts'
import { rollupSource } from '../domain/rollup-source.ts'
import { localText } from '../domain/text.ts'
import type { Catalogue, DefinitionBreak } from '../domain/wire.ts'
import { useClock } from './clock.ts'
import { useSession } from './session.ts'

/** What exists and what this viewer may see of it. A hot reload of the city's YAML replaces it as a whole. */
export const useCatalogue = defineStore('catalogue', () => {
  const session = useSession()
  const catalogue = shallowRef<Catalogue>()

  const loaded = computed(() => catalogue.value !== undefined)
  const hash = computed(() => catalogue.value?.hash ?? '')
  const city = computed(() => catalogue.value?.city)
  const cityState = computed(() => catalogue.value?.cityState)
  const attention = computed(() => catalogue.value?.attention)
  const sources = computed(() => catalogue.value?.sources ?? [])
  const collections = computed(() => catalogue.value?.collections ?? [])
  const findings = computed(() => catalogue.value?.findings ?? [])
  const scenes = computed(() => catalogue.value?.scenes ?? [])
  const indicators = computed<ReadonlyMap<string, Indicator>>(
    () => new Map(catalogue.value?.indicators.map((indicator) => [indicator.code, indicator])),
  )
  const dated = useDatedRegions(
    () => catalogue.value?.regions ?? [],
    () => city.value?.timeZone ?? 'UTC',
  )
  /** Sources of published historical records: outside the lateness rule. */
  const onceSources = computed<ReadonlySet<string>>(
    () => new Set(sources.value.filter((source) => source.once).map((source) => source.id)),
  )
  const clock = useClock()
  const changedDefinitions = computed(
    () => new Map(catalogue.value?.definitionChanges?.map((change) => [change.code, change])),
  )
  const departments = computed(
    () => new Map(catalogue.value?.city.departments.map((department) => [department.id, department])),
  )

  /** The department's name in the viewer's language; the bare id where the city does not know it. */
  function departmentName(id: string, brief = false): string {
    const department = departments.value.get(id)
    if (!department) return id
    const short = brief ? department.short : undefined
    // An abbreviation without an English one is no English name.
    const known = short && (session.language === 'zh' || short.en !== undefined)
    return localText(known ? short : department.name, session.language)
  }

  function regionName(code: string, short = false): string {
    const region = dated.named(code)
    return region ? localText((short ? region.short : undefined) ?? region.name, session.language) : code
  }

  function sourceName(id: string): string {
    const source = id === rollupSource.id ? rollupSource : sources.value.find((card) => card.id === id)
    return source ? localText(source.name, session.language) : id
  }

  /** What changed the meaning of a figure lately, while that is to be marked. */
  function redefinition(code: string): DefinitionBreak | undefined {
    const change = changedDefinitions.value.get(code)
    return change && Date.parse(change.until) > clock.minuteMs ? change : undefined
  }

  function accept(answer: Catalogue): void {
    catalogue.value = answer
  }

  return {
    loaded,
    hash,
    city,
    cityState,
    attention,
    indicators,
    ...dated,
    sources,
    collections,
    findings,
    scenes,
    onceSources,
    departmentName,
    regionName,
    sourceName,
    redefinition,
    accept,
  }
})

/** Regions as they stand on the day of the page, and on any other. */
function useDatedRegions(all: () => readonly Region[], zone: () => string) {
  const clock = useClock()
  /** The day this page stands at, in the city's zone: of a past instant, that day's units. */
  const day = computed(() => dayAt(clock.minuteMs, zone()))
  const regions = computed<ReadonlyMap<string, Region>>(
    () => new Map(regionsOn(day.value).map((region) => [region.code, region])),
  )
  const known = computed(() => new Map(all().map((region) => [region.code, region])))
  const counties = computed(() => ofLevel('county'))
  const zones = computed(() => ofLevel('zone'))

  function ofLevel(level: Region['level']): readonly Region[] {
    return [...regions.value.values()].filter((region) => region.level === level)
  }

  /** Province, city, counties and zones as they stood on a day. */
  function regionsOn(on: string): readonly Region[] {
    return standingRegions(all(), on)
  }

  /** One of another day too: what happened there keeps its name. */
  function named(code: string): Region | undefined {
    return regions.value.get(code) ?? known.value.get(code)
  }

  return { day, regions, regionsOn, named, counties, zones }
}
