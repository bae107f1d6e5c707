import { domains, type Indicator } from '../../domain/indicator.ts'

export type Domain = (typeof domains)[number]

export interface TreeBranch {
  domain: Domain
  indicators: Indicator[]
}

/**
 * The catalogue by domain, in the standard's order, then by code. With words to find, every one must occur in code,
 * name, short name or definition; branches without a hit are left out.
 */
export function treeOf(indicators: Iterable<Indicator>, find: string): TreeBranch[] {
  const wanted = find.toLowerCase().split(/\s+/).filter(Boolean)
  const hits = [...indicators].filter((indicator) => {
    const words = wordsOf(indicator)
    return wanted.every((word) => words.includes(word))
  })
  return domains
    .map((domain) => ({
      domain,
      indicators: hits
        .filter(({ code }) => code.startsWith(`${domain}.`))
        .toSorted((a, b) => (a.code < b.code ? -1 : 1)),
    }))
    .filter((branch) => branch.indicators.length > 0)
}

function wordsOf({ code, name, short, definition }: Indicator): string {
  return [code, name.zh, name.en, short?.zh, short?.en, definition.zh].filter(Boolean).join(' ').toLowerCase()
}
