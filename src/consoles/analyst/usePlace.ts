import { computed, type ComputedRef, type Ref, ref, watch, watchEffect } from 'vue'
import { type Observation, seriesKey } from '../../domain/observation.ts'
import { useCatalogue } from '../../stores/catalogue.ts'
import { useObservations } from '../../stores/observations.ts'
import { useScene } from '../../stores/scene.ts'
import { openingIndicator } from './opening-indicator.ts'
import { rangesOf } from './series-range.ts'

export interface Place {
  /** Empty until it is known where to begin. */
  code: Ref<string>
  region: ComputedRef<string>
  /** Combinations of dimension values that exist there now; empty where the indicator has no dimensions. */
  dimsChoices: ComputedRef<readonly Record<string, string>[]>
  dims: ComputedRef<Record<string, string>>
  chooseDims(key: string): void
  range: ComputedRef<string>
  chooseRange(range: string): void
  /** Machine label of the period whose units are listed; empty for the newest. */
  period: Ref<string>
}

/** What the analyst looks at, kept in the page's address, so that a link or a reload leads to the same view. */
export function usePlace(): Place {
  const [catalogue, observations, scene] = [useCatalogue(), useObservations(), useScene()]
  const asked = new URLSearchParams(location.search)
  const chosen = ref(asked.get('indicator') ?? '')
  const opening = useOpening()
  const code = computed({
    get: () => chosen.value || opening.value,
    set: (value) => void (chosen.value = value),
  })
  const indicator = computed(() => catalogue.indicators.get(code.value))
  const region = computed(() => scene.region)
  const dimsKey = ref(asked.get('dims') ?? '')
  const dimsChoices = computed(() => {
    if (!indicator.value?.dimensions.length) return []
    return choicesAmong((once) => observations.all(code.value, region.value, once))
  })
  const dims = computed(
    () =>
      dimsChoices.value.find((choice) => seriesKey('', '', choice) === dimsKey.value) ??
      dimsChoices.value.find((choice) => Object.keys(choice).length === 0) ??
      dimsChoices.value[0] ??
      {},
  )

  const wantedRange = ref(asked.get('range') ?? '')
  const range = computed(() => {
    const ranges = rangesOf(indicator.value?.freq ?? 'M')
    return ranges.includes(wantedRange.value) ? wantedRange.value : ranges[1]!
  })

  const period = ref(asked.get('period') ?? '')
  keepInAddress(() => ({
    indicator: code.value,
    region: region.value,
    dims: dimsKey.value,
    range: wantedRange.value === '' ? '' : range.value,
    period: period.value,
  }))
  watch(code, () => (dimsKey.value = period.value = ''))

  return {
    code,
    region,
    dimsChoices,
    dims,
    range,
    chooseDims: (key) => (dimsKey.value = key),
    period,
    chooseRange: (value) => (wantedRange.value = value),
  }
}

function choicesAmong(all: (once: boolean) => readonly Observation[]): Record<string, string>[] {
  const now = all(false)
  return (now.length > 0 ? now : all(true)).map(({ dims }) => dims)
}

/** Chosen once, from the first snapshot: what arrives later does not lead the reader elsewhere. */
function useOpening(): Readonly<Ref<string>> {
  const [catalogue, observations] = [useCatalogue(), useObservations()]
  const opening = ref('')
  watchEffect(() => {
    if (opening.value !== '' || !catalogue.city || !observations.settled) return
    const { root } = catalogue.city
    const wall = catalogue.scenes.find((scene) => scene.console === 'wall')
    opening.value = openingIndicator(wall, catalogue.indicators, (code) => observations.get(code, root)) ?? ''
  })
  return opening
}

/** A link or a reload then leads to the same view; what is empty is left out, what is not ours stays. */
function keepInAddress(parts: () => Record<string, string>): void {
  watch(parts, (now) => {
    const search = new URLSearchParams(location.search)
    for (const [key, value] of Object.entries(now)) {
      if (value === '') search.delete(key)
      else search.set(key, value)
    }
    history.replaceState(undefined, '', `${location.pathname}?${search.toString()}`)
  })
}
