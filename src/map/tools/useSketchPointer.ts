import { onScopeDispose, watch, type WatchSource } from 'vue'
import { useMapContext } from '../map-surface.ts'
import type { Sketch } from './useSketch.ts'

/** Pixels a pressed pointer may tremble and still set a point; more than that drags the map. */
const TREMBLE = 4

/** Sets points where the canvas is clicked, and by keyboard in its middle; the map goes on being dragged and turned. */
export function useSketchPointer(
  sketch: Sketch,
  canvas: WatchSource<HTMLElement | undefined>,
): { onKey(event: KeyboardEvent): boolean } {
  const { surface, size, lonLatOf } = useMapContext()
  let stop: (() => void) | undefined

  function set(x: number, y: number): void {
    const ground = surface.value?.groundAt?.(x, y)
    if (ground) sketch.add(lonLatOf(ground))
  }

  watch(
    canvas,
    (element) => {
      stop?.()
      stop =
        element && listenClicks(element, (x, y) => sketch.kind.value !== undefined && set(x, y), sketch.end)
    },
    { immediate: true, flush: 'post' },
  )
  onScopeDispose(() => stop?.())

  /** True when the key was the sketch's own. */
  function onKey(event: KeyboardEvent): boolean {
    if (sketch.kind.value === undefined) return false
    const actions: Record<string, () => void> = {
      ' ': () => set(size.value.width / 2, size.value.height / 2),
      Enter: sketch.end,
      Backspace: sketch.undo,
      Escape: () => sketch.begin(undefined),
    }
    const action = actions[event.key]
    if (!action) return false
    event.preventDefault()
    action()
    return true
  }
  return { onKey }
}

/** Before the engine hears of them: it may take the pointer for itself. */
function listenClicks(
  element: HTMLElement,
  click: (x: number, y: number) => void,
  twice: () => void,
): () => void {
  const ended = new AbortController()
  const options = { signal: ended.signal, capture: true }
  let pressed: { x: number; y: number } | undefined
  element.addEventListener(
    'pointerdown',
    ({ button, clientX, clientY }) => (pressed = button === 0 ? { x: clientX, y: clientY } : undefined),
    options,
  )
  element.addEventListener(
    'pointerup',
    ({ clientX, clientY }) => {
      if (!pressed || Math.hypot(clientX - pressed.x, clientY - pressed.y) >= TREMBLE) return
      const { left, top } = element.getBoundingClientRect()
      click(clientX - left, clientY - top)
    },
    options,
  )
  element.addEventListener('dblclick', twice, options)
  return () => ended.abort()
}
