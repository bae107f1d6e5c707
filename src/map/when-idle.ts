/** Longest wait for a quiet moment: a busy wall still gets its map. */
const PATIENCE_MS = 3000

/** Calls back once the page has loaded and the main thread is idle, so that no figure waits for the map. Returns how to call it off. */
export function whenIdle(begin: () => void): () => void {
  const stop = new AbortController()
  let pending = 0
  const wait = (): void => {
    if ('requestIdleCallback' in window) pending = window.requestIdleCallback(begin, { timeout: PATIENCE_MS })
    else pending = setTimeout(begin, 200) as unknown as number
  }
  if (document.readyState === 'complete') wait()
  else window.addEventListener('load', wait, { once: true, signal: stop.signal })
  return () => {
    stop.abort()
    if ('cancelIdleCallback' in window) window.cancelIdleCallback(pending)
    else clearTimeout(pending)
  }
}
