import type { GenericSchema, InferOutput } from 'valibot'

/**
 * What a panel says of itself, exported as `panel` from its .vue file beside the component. The component gets the
 * parsed options as its one prop `options`.
 */
export interface Panel<O extends GenericSchema = GenericSchema> {
  /** Key of ui/words: panel.<id>.title. */
  title: string
  /** Options a scene may give; anything else is refused at start with the scene's line. */
  options: O
  /** Smallest and best size in u (1/1080 of the screen's height). */
  size: { min: [width: number, height: number]; ideal: [width: number, height: number] }
  /** Indicators it cannot do without: absent from the viewer's catalogue, the slot says "no permission". */
  indicators(options: InferOutput<O>): string[]
}

export function definePanel<O extends GenericSchema>(panel: Panel<O>): Panel<O> {
  return panel
}
