/** Which part of one page this screen shows: screens of equal size, `bezel` CSS pixels of frame between two of them. */
export interface WallSlice {
  column: number
  row: number
  columns: number
  rows: number
  bezel: { x: number; y: number }
}

interface Size {
  width: number
  height: number
}

/** CSS pixels from the page's top left. */
export interface Part extends Size {
  left: number
  top: number
}

/**
 * Reads `?slice=col,row,cols,rows&bezel=x,y`; columns from the left and rows from the top, both from 0.
 * @returns undefined when nothing or nothing sensible is asked for
 */
export function readSlice(search: string): WallSlice | undefined {
  const asked = new URLSearchParams(search)
  const numbers = (name: string): number[] => (asked.get(name) ?? '').split(',').map(Number)
  const [column = NaN, row = NaN, columns = NaN, rows = NaN] = numbers('slice')
  const [x = 0, y = x] = numbers('bezel')
  const whole = [column, row, columns, rows].every((value) => Number.isInteger(value) && value >= 0)
  if (!asked.has('slice') || !whole || column >= columns || row >= rows || !(x >= 0 && y >= 0))
    return undefined
  return { column, row, columns, rows, bezel: { x, y } }
}

/** CSS pixels of the whole page, frames between the screens included. */
export function pageOf(screen: Size, { columns, rows, bezel }: WallSlice): Size {
  return {
    width: columns * screen.width + (columns - 1) * bezel.x,
    height: rows * screen.height + (rows - 1) * bezel.y,
  }
}

/** What of a page of that size this screen shows. */
export function partOf(page: Size, { column, row, columns, rows, bezel }: WallSlice): Part {
  const width = (page.width - (columns - 1) * bezel.x) / columns
  const height = (page.height - (rows - 1) * bezel.y) / rows
  return { left: column * (width + bezel.x), top: row * (height + bezel.y), width, height }
}

/**
 * Shows this very address in a frame as large as the whole wall, moved so that this screen has its part of it: type, columns
 * and camera inside are then those of one page, and every panel stands on the wall once.
 */
export function showPart(slice: WallSlice, into: HTMLElement = document.body): void {
  const frame = document.createElement('iframe')
  frame.src = location.href
  frame.title = document.title
  const fit = (): void => {
    const page = pageOf({ width: window.innerWidth, height: window.innerHeight }, slice)
    const { left, top } = partOf(page, slice)
    frame.style.cssText = `position:fixed;border:0;left:${-left}px;top:${-top}px;width:${page.width}px;height:${page.height}px`
  }
  fit()
  window.addEventListener('resize', fit, { passive: true })
  into.replaceChildren(frame)
  frame.focus()
}
