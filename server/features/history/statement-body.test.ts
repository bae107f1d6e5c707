import { expect, it } from 'vitest'
import type { MapFeature } from '../../../src/domain/map-feature.ts'
import { type Contents, packDifference, packWhole, printsOf, unpackBodies } from './statement-body.ts'

const placeOf = (id: string, status = 'open'): MapFeature => ({
  type: 'Feature',
  id,
  geometry: { type: 'Point', coordinates: [125.32, 43.88] },
  properties: { name: id, status },
})
const saying = (...features: MapFeature[]): Contents => ({ features, refused: [] })

async function packAll(statements: readonly Contents[]): Promise<Uint8Array[]> {
  const [first, ...rest] = statements
  const bodies = [await packWhole(first!)]
  for (const [place, contents] of rest.entries())
    bodies.push(await packDifference(printsOf(statements[place]!), printsOf(contents), contents))
  return bodies
}

it('puts together what was said from a whole statement and what changed since, in the same order', async () => {
  const statements = [
    saying(placeOf('a'), placeOf('b'), placeOf('c')),
    saying(placeOf('a'), placeOf('b', 'full'), placeOf('c')),
    saying(placeOf('c'), placeOf('a')),
    { features: [placeOf('c'), placeOf('d'), placeOf('a')], refused: [{ id: 'e', reason: 'ring is open' }] },
    saying(),
    saying(placeOf('b')),
  ]
  const bodies = await packAll(statements)
  for (const [nth, contents] of statements.entries())
    expect(JSON.stringify(await unpackBodies(bodies.slice(0, nth + 1)))).toBe(JSON.stringify(contents))
})

it('holds only the features that differ', async () => {
  const many = Array.from({ length: 2_000 }, (_, n) => placeOf(`place-${n * 7919}`))
  const one = [...many.slice(0, 999), placeOf(many[999]!.id, 'closed'), ...many.slice(1_000)]
  const [whole, difference] = await packAll([saying(...many), saying(...one)])
  expect(difference!.length * 50).toBeLessThan(whole!.length)
})
