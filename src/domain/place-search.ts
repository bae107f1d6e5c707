import type { LonLat } from './measure.ts'

/** What can be looked for, in the order in which equally good hits are listed. */
export const placeKinds = [
  'incident',
  'region',
  'facility',
  'enterprise',
  'camera',
  'feature',
  'ground',
  'indicator',
] as const
export type PlaceKind = (typeof placeKinds)[number]

/** Something that can be found by name. */
export interface Place {
  kind: PlaceKind
  /** Within its kind: a region's code, `collection/id` of a feature. */
  id: string
  name: string
  /** Other names it is known by: short, English, code. */
  also?: readonly string[]
  /** What tells it apart from one of the same name: where it lies, or what it is. */
  note?: string
  at?: LonLat
}

export interface PlaceHit {
  place: Place
  /** First and last character of the name that the query stands for; absent when another name was met. */
  range?: readonly [first: number, last: number]
}

/** Where a query is found in a text by sound: whole syllables, beginnings or initials. */
export type SoundMatcher = (text: string, query: string) => readonly [first: number, last: number] | false

/**
 * What a query finds, best first: written before sounded, the whole name before its beginning before its middle, then shorter
 * names, then by kind. Each thing once.
 * @param sounds how Chinese is matched by pinyin; nothing is asked of it for a query without a Latin letter
 */
export function searchPlaces(
  places: readonly Place[],
  query: string,
  sounds: SoundMatcher,
  limit = 12,
): PlaceHit[] {
  const wanted = normal(query)
  if (wanted === '') return []
  const sounded = /[a-z]/.test(wanted)
  const found = places.flatMap((place) => {
    const hit = hitOf(place, wanted, sounded ? sounds : undefined)
    return hit ? [hit] : []
  })
  found.sort(
    (a, b) =>
      a.rank - b.rank ||
      a.place.name.length - b.place.name.length ||
      placeKinds.indexOf(a.place.kind) - placeKinds.indexOf(b.place.kind) ||
      (a.place.id < b.place.id ? -1 : 1),
  )
  return found.slice(0, limit).map(({ place, range }) => (range ? { place, range } : { place }))
}

type Ranked = PlaceHit & { rank: number }

function hitOf(place: Place, wanted: string, sounds: SoundMatcher | undefined): Ranked | undefined {
  const name = normal(place.name)
  const written = name.indexOf(wanted)
  // Normalising may change a text's length (½, ﬁ); then nothing can be said of where in the name it is.
  const inPlace = name.length === place.name.length
  const ranged = (from: number, to: number, rank: number): Ranked =>
    inPlace ? { place, range: [from, to], rank } : { place, rank }
  if (written >= 0)
    return ranged(written, written + wanted.length - 1, rankOf(written, wanted.length, name.length))
  const others = (place.also ?? [])
    .map((text) => rankIn(normal(text), wanted))
    .filter((rank) => rank !== undefined)
  const sound = sounds?.(name, wanted)
  const soundRank = sound ? 3 + rankOf(sound[0], sound[1] - sound[0] + 1, name.length) : Infinity
  const otherRank = Math.min(Infinity, ...others) + 0.5
  if (sound && soundRank <= otherRank) return ranged(sound[0], sound[1], soundRank)
  return otherRank < Infinity ? { place, rank: otherRank } : undefined
}

function rankIn(text: string, wanted: string): number | undefined {
  const at = text.indexOf(wanted)
  return at < 0 ? undefined : rankOf(at, wanted.length, text.length)
}

/** 0 the whole text, 1 its beginning, 2 within. */
function rankOf(at: number, length: number, whole: number): number {
  return at > 0 ? 2 : length === whole ? 0 : 1
}

function normal(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase()
}
