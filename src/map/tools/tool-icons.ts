/** Tools of the map in the order of the rail; a gap stands before what begins a group. */
export const toolGroups = [
  ['search', 'regions', 'layers'],
  ['time', 'compare', 'underground'],
  ['length', 'area', 'dig', 'conflicts'],
  ['flat', 'theme', 'home'],
] as const
export type ToolId = (typeof toolGroups)[number][number]

/** Strokes on a field of 24 by 24. */
export const toolIcons: Readonly<Record<ToolId, string>> = {
  search: 'M10.5 4a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13M15.3 15.3L20 20',
  regions: 'M4 5h9M8 12h9M12 19h8M6 5v7M10 12v7',
  layers: 'M12 4l8 4.5l-8 4.5l-8-4.5zM4 12.5l8 4.5l8-4.5M4 16l8 4.5l8-4.5',
  time: 'M12 4a8 8 0 1 1 0 16a8 8 0 0 1 0-16M12 8v4.5l3 2',
  compare: 'M12 3v18M4 6h6v12H4zM14 6h6v12h-6M7 12h-1M17 12h1',
  underground: 'M3 8h18M7 13h10M5 18h14M12 3v2',
  length: 'M4 17L17 4l3 3L7 20zM8 13l2 2M11 10l2 2M14 7l2 2',
  area: 'M5 7l8-3l6 7l-3 8l-10 1z',
  dig: 'M4 20h16M6 20l2-8h8l2 8M12 4v6M9.5 7.5L12 10l2.5-2.5',
  conflicts: 'M4 4h10v10H4zM10 10h10v10H10z',
  flat: 'M3 7l6-3l6 3l6-3v13l-6 3l-6-3l-6 3zM9 4v13M15 7v13',
  theme:
    'M12 8a4 4 0 1 1 0 8a4 4 0 0 1 0-8M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6l1.4 1.4M17 17l1.4 1.4M5.6 18.4L7 17M17 7l1.4-1.4',
  home: 'M4 11l8-7l8 7M6.5 9.5V20h11V9.5',
}
