import { type InjectionKey, inject, provide } from 'vue'

/** What a figure must be told from outside, because the drawing kit knows no store. */
export interface FigureContext {
  sourceName(id: string): string
  regionName(code: string): string
  /** Server time, milliseconds since 1970. */
  nowMs(): number
  timeZone(): string
  /** True while a changed definition of the indicator is to be marked (口径调整). */
  redefined(indicator: string): boolean
  /** Where a click on a figure leads. */
  href(indicator: string, region: string): string
}

const contextKey: InjectionKey<FigureContext> = Symbol('figure context')

export const plainContext: FigureContext = {
  sourceName: (id) => id,
  regionName: (code) => code,
  nowMs: () => Date.now(),
  timeZone: () => 'Asia/Shanghai',
  redefined: () => false,
  href: analystHref,
}

export function provideFigures(context: Partial<FigureContext>): void {
  provide(contextKey, { ...plainContext, ...context })
}

export function useFigureContext(): FigureContext {
  return inject(contextKey, plainContext)
}

export function analystHref(indicator: string, region: string): string {
  return `${import.meta.env.BASE_URL}analyst?${new URLSearchParams({ indicator, region }).toString()}`
}
