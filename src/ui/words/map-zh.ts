/** Texts of the map's own tools: fetched with the map, so that they never weigh on a wall's first figure. */
export const mapZh = {
  'map.tools': '地图工具',
}
