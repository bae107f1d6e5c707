import type { MapDictionary } from '../map-words.ts'

export const mapEn: MapDictionary = {
  'map.tools': 'Map tools',
}
