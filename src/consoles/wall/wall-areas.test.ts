import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { SceneSchema } from '../../domain/scene.ts'
import { areasOf, wallAreas } from './wall-areas.ts'

const scene = v.parse(SceneSchema, parse(readFileSync('cities/changchun/scenes/wall.yaml', 'utf8')))

describe('areasOf', () => {
  it('places every panel of the wall scene in an area that the wall has', () => {
    expect(scene.panels.map(({ area }) => area).filter((area) => !wallAreas.includes(area))).toEqual([])
  })

  it('shows every panel once on a wide wall, and all but the pulse on a standard one', () => {
    const shown = (wide: boolean): string[] =>
      areasOf(scene.panels, wide).flatMap(({ panels }) => panels.map(({ area }) => area))
    const all = scene.panels.map(({ area }) => area).filter((area) => area !== 'weather')
    expect(shown(true).toSorted()).toEqual(all.toSorted())
    expect(shown(false).toSorted()).toEqual(all.filter((area) => area !== 'pulse').toSorted())
  })

  it('puts the three matters above command on a wide wall', () => {
    const command = areasOf(scene.panels, true).find(({ column }) => column === 'command')
    expect(command?.panels.map(({ area }) => area)).toEqual(['attention', 'command'])
  })
})
