/** What a hand can do to the map: drag, turn the wheel, click, or rest on a point. CSS pixels from the canvas's corner. */
export interface PointerActions {
  drag(right: number, down: number): void
  zoom(factor: number): void
  click(x: number, y: number): void
  hover(x: number, y: number): void
  leave(): void
}

/** Pixels a pressed pointer may tremble and still click. */
const TREMBLE = 4

/** Listens on the element; returns how to stop. Hovering is told once per frame. */
export function listenPointer(element: HTMLElement, actions: PointerActions): () => void {
  const stop = new AbortController()
  const options = { signal: stop.signal }
  let pressed: { x: number; y: number; dragged: boolean } | undefined
  let frame = 0

  element.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== 0) return
      pressed = { x: event.offsetX, y: event.offsetY, dragged: false }
      element.setPointerCapture(event.pointerId)
    },
    options,
  )
  element.addEventListener(
    'pointermove',
    (event) => {
      const { offsetX: x, offsetY: y } = event
      if (!pressed) {
        cancelAnimationFrame(frame)
        frame = requestAnimationFrame(() => actions.hover(x, y))
        return
      }
      if (!pressed.dragged && Math.hypot(x - pressed.x, y - pressed.y) < TREMBLE) return
      actions.drag(x - pressed.x, y - pressed.y)
      pressed = { x, y, dragged: true }
    },
    options,
  )
  element.addEventListener(
    'pointerup',
    (event) => {
      if (pressed && !pressed.dragged) actions.click(event.offsetX, event.offsetY)
      pressed = undefined
    },
    options,
  )
  element.addEventListener('pointercancel', () => (pressed = undefined), options)
  element.addEventListener('pointerleave', () => actions.leave(), options)
  element.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault()
      actions.zoom(Math.exp(event.deltaY / 800))
    },
    { ...options, passive: false },
  )
  return () => {
    stop.abort()
    cancelAnimationFrame(frame)
  }
}

/** The arrow, plus and minus keys as the same actions; true when the key was one of them. */
export function pressKey(key: string, actions: Pick<PointerActions, 'drag' | 'zoom'>): boolean {
  const step = 60
  const moves: Record<string, [number, number]> = {
    ArrowLeft: [step, 0],
    ArrowRight: [-step, 0],
    ArrowUp: [0, step],
    ArrowDown: [0, -step],
  }
  const move = moves[key]
  if (move) actions.drag(...move)
  else if (key === '+' || key === '=') actions.zoom(0.8)
  else if (key === '-' || key === '_') actions.zoom(1.25)
  else return false
  return true
}
