/** Triangles drawn as depth alone in one picture: some hundred thousand buildings. */
const MOST_TRIANGLES = 3_000_000
/** Of a tile not read yet, where none was. */
const FIRST_GUESS = 6_000

/**
 * The nearest tiles whose triangles a picture can pay for; one not read yet counts like the mean of those that are.
 * @param nearest addresses, nearest first @param trianglesOf of a tile that was read
 */
export function affordable(
  nearest: readonly string[],
  trianglesOf: (url: string) => number | undefined,
  most = MOST_TRIANGLES,
): string[] {
  const known = nearest.flatMap((url) => trianglesOf(url) ?? [])
  const mean = known.length > 0 ? known.reduce((sum, one) => sum + one, 0) / known.length : FIRST_GUESS
  let left = most
  const end = nearest.findIndex((url) => (left -= trianglesOf(url) ?? mean) < 0)
  return end < 0 ? [...nearest] : nearest.slice(0, end)
}

/** Tiles in a fixed number of groups: a tile stays in its group while it is shown, so that few groups change. */
export class TileGroups {
  private readonly groups: string[][]

  constructor(count: number) {
    this.groups = Array.from({ length: count }, () => [])
  }

  /** The groups of exactly these tiles; one that did not change is the same array as before. */
  of(urls: readonly string[]): readonly (readonly string[])[] {
    const wanted = new Set(urls)
    const { groups } = this
    groups.forEach((group, at) => {
      if (!group.every((url) => wanted.has(url))) groups[at] = group.filter((url) => wanted.has(url))
    })
    const standing = new Set(groups.flat())
    for (const url of urls) {
      if (standing.has(url)) continue
      const least = groups.reduce((best, { length }, at) => (length < groups[best]!.length ? at : best), 0)
      groups[least] = [...groups[least]!, url]
    }
    return groups
  }
}
