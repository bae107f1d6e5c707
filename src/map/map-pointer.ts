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
  let pressed: { x: number; y: number; dragged: boolean } | undefined
  let frame = 0
  const on = <K extends keyof HTMLElementEventMap>(
    type: K,
    hear: (event: HTMLElementEventMap[K]) => void,
  ): void => element.addEventListener(type, hear, { signal: stop.signal, passive: false })

  on('pointerdown', (event) => {
    if (event.button !== 0) return
    pressed = { x: event.offsetX, y: event.offsetY, dragged: false }
    element.setPointerCapture(event.pointerId)
  })
  on('pointermove', ({ offsetX: x, offsetY: y }) => {
    if (!pressed) {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(() => actions.hover(x, y))
    } else if (pressed.dragged || Math.hypot(x - pressed.x, y - pressed.y) >= TREMBLE) {
      actions.drag(x - pressed.x, y - pressed.y)
      pressed = { x, y, dragged: true }
    }
  })
  on('pointerup', (event) => {
    if (pressed && !pressed.dragged) actions.click(event.offsetX, event.offsetY)
    pressed = undefined
  })
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
