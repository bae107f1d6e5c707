/** One line that tells how far a build is and how long it will take; on a terminal it is drawn over, else every tenth. */
export interface Progress {
  /** Share of the whole, 0 to 1, and what is being done. */
  at(fraction: number, doing: string): void
  say(line: string): void
}

interface Screen {
  isTTY?: boolean
  columns?: number
  write(text: string): unknown
}

const WIDTH = 24
const REDRAW_MS = 100

export function progressOn(screen: Screen, nowMs: () => number): Progress {
  const startedMs = nowMs()
  let drawnMs = -Infinity
  let tenth = -1
  const clear = () => (screen.isTTY ? screen.write('\r\u001b[K') : undefined)
  return {
    at(fraction, doing) {
      const elapsedMs = nowMs() - startedMs
      const line = progressLine(fraction, elapsedMs, doing)
      if (screen.isTTY) {
        if (nowMs() - drawnMs < REDRAW_MS && fraction < 1) return
        drawnMs = nowMs()
        screen.write(`\r\u001b[K${line.slice(0, (screen.columns ?? 80) - 1)}`)
      } else if (Math.floor(fraction * 10) > tenth) {
        tenth = Math.floor(fraction * 10)
        screen.write(`${line}\n`)
      }
    },
    say(line) {
      clear()
      screen.write(`${line}\n`)
    },
  }
}

/** [████░░░░]  42 %  12 s left  buildings */
export function progressLine(fraction: number, elapsedMs: number, doing: string): string {
  const done = Math.round(fraction * WIDTH)
  const bar = '█'.repeat(done) + '░'.repeat(WIDTH - done)
  const left =
    fraction > 0.02 && fraction < 1 ? `  ${duration((elapsedMs * (1 - fraction)) / fraction)} left` : ''
  return `[${bar}] ${String(Math.floor(fraction * 100)).padStart(3)} %${left}  ${doing}`
}

export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return seconds < 100 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
