export interface Loss {
  /** From the loss to a map at rest again. */
  backMs: number
  /** How often the clock and the figures of the panels changed meanwhile. */
  ticks: number
  figures: number
  /** Longest time in which the page drew nothing at all. */
  pauseMs: number
}

/**
 * Takes both contexts of the console's map away as a crashing driver does, which gives no new ones for a while, and watches
 * the panels until the map rests again. Runs in the page.
 */
export async function loseBoth(refuseMs: number): Promise<Loss> {
  const map = document.querySelector<HTMLElement>('.map-slot')!
  const canvases = (): HTMLCanvasElement[] => [...map.querySelectorAll<HTMLCanvasElement>('.stage canvas')]
  const old = canvases()
  if (old.length !== 2) throw new Error(`the map has ${old.length} canvases`)
  const seen = { ticks: 0, figures: 0 }
  const watcher = new MutationObserver((changes) => {
    for (const { target } of changes) {
      const element = target instanceof Element ? target : target.parentElement
      if (element?.closest('.clock')) seen.ticks++
      else if (element?.closest('.slot [data-indicator]')) seen.figures++
    }
  })
  watcher.observe(document.body, { subtree: true, childList: true, characterData: true })
  const start = performance.now()
  const give = HTMLCanvasElement.prototype.getContext
  const contexts = old.map((canvas) => canvas.getContext('webgl2')!)
  HTMLCanvasElement.prototype.getContext = function (
    this: HTMLCanvasElement,
    kind: string,
    ...rest: unknown[]
  ) {
    if (kind === 'webgl2' && performance.now() - start < refuseMs) return null
    return Reflect.apply(give, this, [kind, ...rest])
  } as typeof give
  for (const context of contexts) context.getExtension('WEBGL_lose_context')!.loseContext()
  let [last, pauseMs] = [start, 0]
  const isBack = (): boolean =>
    map.dataset['map'] === 'idle' &&
    canvases().length === 2 &&
    canvases().every((canvas) => !old.includes(canvas))
  while (!isBack()) {
    if (performance.now() - start > 30_000) throw new Error('the map did not come back')
    await new Promise(requestAnimationFrame)
    pauseMs = Math.max(pauseMs, performance.now() - last)
    last = performance.now()
  }
  HTMLCanvasElement.prototype.getContext = give
  watcher.disconnect()
  return { backMs: performance.now() - start, ...seen, pauseMs }
}
