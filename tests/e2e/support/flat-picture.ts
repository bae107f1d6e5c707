import type { JSHandle, Page } from '@playwright/test'
import { atRest } from './map-page.ts'

export interface Picture {
  width: number
  /** Red, green, blue and opacity of each pixel, row by row. */
  pixels: Uint32Array
}

/** What the canvas of the flat map shows at rest. It stays in the page: millions of pixels take seconds on their way out. */
export async function pictureOf(page: Page): Promise<JSHandle<Picture>> {
  await atRest(page)
  return page.locator('.flat canvas').evaluateHandle((element) => {
    const canvas = element as HTMLCanvasElement
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
    return { width: canvas.width, pixels: new Uint32Array(data.buffer) }
  })
}
