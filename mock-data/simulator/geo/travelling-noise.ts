import { fraction } from '../chance.ts'
import { remembered } from '../remembered.ts'

/** One corner of a lattice, −1 … 1, by its column, row and layer in one number. */
const cornerAt = remembered(60_000, (seed, corner) => fraction(seed, 'geo', 'noise', corner) * 2 - 1)
const [rowsKept, layersKept] = [256, 4]

/**
 * Smooth noise in (−1, 1) over a square of `halfM` about the middle, carried along by `passedM`: the same shape at another
 * place later. Its lattice is read once for all places that are asked.
 */
export function travellingNoise(
  seed: string,
  layer: { key: number; latticeM: number },
  passedM: number,
  halfM: number,
): (along: number, across: number) => number {
  const { key, latticeM } = layer
  const firstColumn = Math.floor((-halfM - passedM) / latticeM)
  const firstRow = Math.floor(-halfM / latticeM)
  const width = Math.ceil((2 * halfM) / latticeM) + 3
  const lattice = Array.from({ length: width * width }, (_, index) => {
    const [column, row] = [firstColumn + (index % width), firstRow + Math.floor(index / width)]
    return cornerAt(seed, (column * rowsKept + row + rowsKept / 2) * layersKept + key)
  })
  const soft = (t: number) => t * t * (3 - 2 * t)
  return (along, across) => {
    const [x, y] = [(along - passedM) / latticeM - firstColumn, across / latticeM - firstRow]
    const [column, row] = [Math.floor(x), Math.floor(y)]
    const at = row * width + column
    const [a, b, c, d] = [lattice[at]!, lattice[at + 1]!, lattice[at + width]!, lattice[at + width + 1]!]
    const [s, t] = [soft(x - column), soft(y - row)]
    return (a + (b - a) * s) * (1 - t) + (c + (d - c) * s) * t
  }
}
