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

/**
 * A shift of the whole wall in rem, one step every ten minutes: from the page's start, or by the clock where several screens
 * show one page and must move as one.
 */
export function useBurnInShift(together = false): Readonly<Ref<{ x: number; y: number }>> {
  const beganMs = together ? 0 : Date.now()
  const shift = ref({ x: 0, y: 0 })
  let timer: ReturnType<typeof setTimeout> | undefined
  const move = (): void => {
    const goneMs = Date.now() - beganMs
    const [x, y] = path[Math.floor(goneMs / everyMs) % path.length]!
    shift.value = { x: x / 16, y: y / 16 }
    timer = setTimeout(move, everyMs - (goneMs % everyMs))
  }
  move()
  onScopeDispose(() => clearTimeout(timer))
  return readonly(shift)
}
