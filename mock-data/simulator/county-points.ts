/** A point inside each county unit, near its seat, rounded to a tenth of a degree or so: [longitude, latitude], CGCS2000. */
export const countyPoints: Readonly<Record<string, readonly [number, number]>> = {
  '220102': [125.35, 43.83],
  '220103': [125.33, 43.97],
  '220104': [125.27, 43.82],
  '220105': [125.44, 43.88],
  '220106': [125.2, 43.91],
  '220112': [125.66, 43.53],
  '220113': [125.85, 44.15],
  '220122': [125.17, 44.43],
  '220182': [126.54, 44.84],
  '220183': [125.7, 44.53],
  '220184': [124.83, 43.51],
}
