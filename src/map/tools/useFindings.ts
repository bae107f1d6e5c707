import { type ComputedRef, computed } from 'vue'
import { collectionsOf, type Finding, findingsOf } from '../../domain/finding.ts'
import type { MapFeature } from '../../domain/map-feature.ts'
import { useCatalogue } from '../../stores/catalogue.ts'
import { useFeatures } from '../../stores/features.ts'
import { useWanted } from './useWanted.ts'

/**
 * What the city's rules find of the things of a collection, with what the page knows now; what a rule needs is asked for.
 * @param only of this one; of all where absent
 */
export function useFindings(
  collection: () => string,
  only?: () => MapFeature | undefined,
): ComputedRef<readonly Finding[]> {
  const [catalogue, features] = [useCatalogue(), useFeatures()]
  const rules = computed(() => catalogue.findings.filter((rule) => rule.collection === collection()))
  useWanted(() => rules.value.flatMap(collectionsOf))
  return computed(() =>
    rules.value.flatMap((rule) => {
      const told = collectionsOf(rule).flatMap((id) => features.note(id)?.answer ?? [])
      if (told.length < collectionsOf(rule).length) return []
      const [first, ...others] = told
      const one = only?.()
      const asked = only ? { ...first!, features: one ? [one] : [] } : first!
      return findingsOf(rule, [asked, ...others])
    }),
  )
}
