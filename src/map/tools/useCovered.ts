import { nextTick, watch } from 'vue'
import { useMapContext } from '../map-surface.ts'

/** What of the map stands under tools, sheets and cards, told to the labels whenever that changes. */
const SHOWN = '.row > *, .left > *, .right > *, .search, .time, .legend'
/** Notes of the map itself stand beside the tools, and come and go by themselves. */
const NOTES = '.state-notes'

/**
 * @param root of the tools, as large as the map
 * @param awake what is quiet counts only while it is awake
 * @param changes whatever opens, closes or moves one of them
 */
export function useCovered(
  root: () => HTMLElement | undefined,
  awake: () => boolean,
  changes: () => unknown,
): void {
  const { covered, size } = useMapContext()
  function measure(): void {
    const element = root()
    if (!element) return
    const { left: x, top: y } = element.getBoundingClientRect()
    covered.value = [...element.querySelectorAll(SHOWN), ...notesOf(element)]
      .filter((one) => awake() || !one.classList.contains('quiet'))
      .map((one) => one.getBoundingClientRect())
      .filter(({ width, height }) => width > 0 && height > 0)
      .map(({ left, top, right, bottom }) => ({
        left: left - x,
        top: top - y,
        right: right - x,
        bottom: bottom - y,
      }))
  }
  const resized = new ResizeObserver(measure)
  watch(
    root,
    (element, _, onCleanup) => {
      for (const notes of element ? notesOf(element) : []) resized.observe(notes)
      onCleanup(() => resized.disconnect())
    },
    { flush: 'post', immediate: true },
  )
  watch([awake, changes, size], () => void nextTick(measure), { immediate: true, flush: 'post' })
}

const notesOf = (element: HTMLElement): Element[] => [
  ...(element.parentElement?.querySelectorAll(NOTES) ?? []),
]
