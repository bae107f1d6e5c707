import { type Ref, onScopeDispose, readonly, ref } from 'vue'

/** Pixels of n units; 1u is 1/1080 of the window's height. */
export function u(n: number): number {
  return (n * window.innerHeight) / 1080
}

/** Bumps after the window changed size, once per frame: what took its pixels from u() is built again. */
export function useViewportRevision(): Readonly<Ref<number>> {
  const revision = ref(0)
  let frame = 0
  const onResize = (): void => {
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(() => {
      revision.value += 1
    })
  }
  window.addEventListener('resize', onResize, { passive: true })
  onScopeDispose(() => {
    window.removeEventListener('resize', onResize)
    cancelAnimationFrame(frame)
  })
  return readonly(revision)
}
