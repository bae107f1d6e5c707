import { computed, type ComputedRef } from 'vue'
import { attention, type AttentionItem } from '../domain/attention.ts'
import { judgedOf } from '../domain/judged.ts'
import { localText } from '../domain/text.ts'
import { useCatalogue } from '../stores/catalogue.ts'
import { useClock } from '../stores/clock.ts'
import { useObservations } from '../stores/observations.ts'
import { useSession } from '../stores/session.ts'
import { useSituation } from '../stores/situation.ts'

/** Ranks are looked at again this often; a deadline's own clock ticks by itself. */
const stepMs = 10_000

/**
 * What wants a leader's decision, most pressing first: the same domain rule over the same facts as the gateway's count,
 * so the list and 待决 never disagree for longer than one step.
 */
export function useAttention(): ComputedRef<AttentionItem[]> {
  const [catalogue, clock, observations, session, situation] = [
    useCatalogue(),
    useClock(),
    useObservations(),
    useSession(),
    useSituation(),
  ]
  const nowMs = computed(() => Math.floor(clock.nowMs / stepMs) * stepMs)
  const judged = computed(() => {
    const root = catalogue.city?.root ?? ''
    const known = [...catalogue.indicators.keys()].flatMap((code) => observations.get(code, root) ?? [])
    return judgedOf(known, {
      root,
      indicator: (code) => catalogue.indicators.get(code),
      once: (source) => catalogue.onceSources.has(source),
    })
  })
  return computed(() => {
    const { attention: config, city } = catalogue
    if (!config || !city) return []
    return attention(
      config,
      {
        nowMs: nowMs.value,
        zone: city.timeZone,
        judged: judged.value,
        alarms: situation.alarms,
        incidents: situation.incidents,
        warnings: situation.warnings,
        indicator: (code) => catalogue.indicators.get(code),
        regionName(code, language) {
          const region = catalogue.regions.get(code)
          return region ? localText(region.name, language) : code
        },
        departmentName: (id) => catalogue.departmentName(id),
      },
      session.language,
    )
  })
}
