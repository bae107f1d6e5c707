import type { Scene } from '../../domain/scene.ts'

type Placed = Scene['panels'][number]
export type Column = 'left' | 'centre' | 'command' | 'right'

/**
 * Where each area of a wall scene stands in the two shapes of a wall. A 16:9 wall has no room for the pulse, and its
 * command strip runs under all columns; a wide one gives command a column of its own with the three matters above it.
 */
const columns: Record<'standard' | 'wide', Partial<Record<Column, readonly string[]>>> = {
  standard: {
    left: ['economy', 'industry'],
    centre: ['zones', 'historic', 'attention'],
    right: ['hotline', 'ecology'],
    command: ['command'],
  },
  wide: {
    left: ['economy', 'industry', 'historic'],
    centre: ['zones', 'pulse'],
    command: ['attention', 'command'],
    right: ['hotline', 'ecology'],
  },
}

/** `weather` stands in the top bar in both shapes. */
export const wallAreas: readonly string[] = ['weather', ...Object.values(columns.wide).flat()]

/** Panels by column, in the order of the area, for the shape the wall has now. */
export function areasOf(panels: readonly Placed[], wide: boolean): { column: Column; panels: Placed[] }[] {
  return Object.entries(columns[wide ? 'wide' : 'standard']).map(([column, areas]) => ({
    column: column as Column,
    panels: areas.flatMap((area) => panels.filter((placed) => placed.area === area)),
  }))
}
