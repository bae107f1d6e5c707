import { type Ref, onScopeDispose, readonly, ref } from 'vue'

const everyMs = 600_000
/** ±2u round a small square: no edge of the composition stands on the same LEDs for hours. */
const path = [
  [0, 0],
  [2, 0],
  [2, 2],
  [0, 2],
  [-2, 2],
  [-2, 0],
  [-2, -2],
  [0, -2],
  [2, -2],
] as const

/** A shift of the whole wall in rem, one step every ten minutes. */
export function useBurnInShift(): Readonly<Ref<{ x: number; y: number }>> {
  const shift = ref({ x: 0, y: 0 })
  let step = 0
  const timer = setInterval(() => {
    step = (step + 1) % path.length
    const [x, y] = path[step]!
    shift.value = { x: x / 16, y: y / 16 }
  }, everyMs)
  onScopeDispose(() => clearInterval(timer))
  return readonly(shift)
}
