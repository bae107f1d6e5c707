/** What a hand can do to the map: drag, turn it, roll the wheel, click, or rest on a point. CSS pixels from the canvas's corner. */
export interface PointerActions {
  drag(right: number, down: number): void
  zoom(factor: number): void
  /** Degrees to the right and upwards. */
  turn(right: number, up: number): void
  click(x: number, y: number): void
  hover(x: number, y: number): void
  leave(): void
}

/** Degrees of a turn for each pixel of a drag with the other button, and for each press of a key. */
const TURN_PER_PIXEL = 0.25
const TURN_PER_KEY = 7.5
/** Pixels a pressed pointer may tremble and still click. */
const TREMBLE = 4

/** Listens on the element; returns how to stop. Hovering is told once per frame. */
export function listenPointer(element: HTMLElement, actions: PointerActions): () => void {
  const stop = new AbortController()
  let pressed: { x: number; y: number; dragged: boolean; turns: boolean } | undefined
  let frame = 0
  const on = <K extends keyof HTMLElementEventMap>(
    type: K,
    hear: (event: HTMLElementEventMap[K]) => void,
  ): void => element.addEventListener(type, hear, { signal: stop.signal, passive: false })

  on('pointerdown', (event) => {
    if (event.button !== 0 && event.button !== 2) return
    const turns = event.button === 2 || event.ctrlKey
    pressed = { x: event.offsetX, y: event.offsetY, dragged: false, turns }
    element.setPointerCapture(event.pointerId)
  })
  on('pointermove', ({ offsetX: x, offsetY: y }) => {
    if (!pressed) {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(() => actions.hover(x, y))
    } else if (pressed.dragged || Math.hypot(x - pressed.x, y - pressed.y) >= TREMBLE) {
      const [right, down] = [x - pressed.x, y - pressed.y]
      if (pressed.turns) actions.turn(right * TURN_PER_PIXEL, -down * TURN_PER_PIXEL)
      else actions.drag(right, down)
      pressed = { ...pressed, x, y, dragged: true }
    }
  })
  on('pointerup', (event) => {
    if (pressed && !pressed.dragged && !pressed.turns) actions.click(event.offsetX, event.offsetY)
    pressed = undefined
  })
  on('contextmenu', (event) => event.preventDefault())
  on('pointercancel', () => (pressed = undefined))
  on('pointerleave', () => actions.leave())
  on('wheel', (event) => {
    event.preventDefault()
    actions.zoom(Math.exp(event.deltaY / 800))
  })
  return () => {
    stop.abort()
    cancelAnimationFrame(frame)
  }
}

/** The camera by key: arrows pan, plus and minus zoom, Q and E turn, page keys tilt, Home goes back. True when it was one. */
export function pressKey(
  key: string,
  actions: Pick<PointerActions, 'drag' | 'zoom' | 'turn'> & { home(): void },
): boolean {
  const step = 60
  const keys: Record<string, () => void> = {
    ArrowLeft: () => actions.drag(step, 0),
    ArrowRight: () => actions.drag(-step, 0),
    ArrowUp: () => actions.drag(0, step),
    ArrowDown: () => actions.drag(0, -step),
    '+': () => actions.zoom(0.8),
    '=': () => actions.zoom(0.8),
    '-': () => actions.zoom(1.25),
    _: () => actions.zoom(1.25),
    q: () => actions.turn(-TURN_PER_KEY, 0),
    e: () => actions.turn(TURN_PER_KEY, 0),
    PageUp: () => actions.turn(0, TURN_PER_KEY),
    PageDown: () => actions.turn(0, -TURN_PER_KEY),
    Home: () => actions.home(),
  }
  const act = keys[key.length === 1 ? key.toLowerCase() : key]
  act?.()
  return act !== undefined
}

/**
 * False for a key that is somebody else's: of a field that is being filled in, of a button that is being pressed, of the browser,
 * or done with already. Escape is always the map's.
 */
export function isMapKey(event: KeyboardEvent): boolean {
  const { target, key } = event
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false
  if (key === 'Escape' || !(target instanceof HTMLElement)) return true
  if (target.matches('input, textarea, select')) return false
  return !((key === 'Enter' || key === ' ') && target.closest('button, a'))
}
