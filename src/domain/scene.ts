import * as v from 'valibot'
import { IndicatorCodeSchema } from './indicator.ts'
import { LocalTextSchema } from './text.ts'

export const PlacedPanelSchema = v.strictObject({
  panel: v.string(),
  /** Grid area of the console. */
  area: v.string(),
  options: v.optional(v.record(v.string(), v.unknown()), {}),
})

export const SceneSchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]*$/)),
  console: v.picklist(['wall', 'desk', 'analyst', 'kiosk']),
  name: LocalTextSchema,
  panels: v.array(PlacedPanelSchema),
  map: v.optional(
    v.strictObject({
      /** The themes a viewer can choose from; the first is shown at start. */
      themes: v.array(
        v.strictObject({
          id: v.string(),
          name: LocalTextSchema,
          /** Column height; one column set at a time. */
          column: v.optional(IndicatorCodeSchema),
          /** Land class by comparison or value, with the three upper bounds of the first three classes. */
          land: v.optional(
            v.strictObject({
              indicator: IndicatorCodeSchema,
              by: v.picklist(['value', 'yoy']),
              bounds: v.tuple([v.number(), v.number(), v.number()]),
            }),
          ),
          layers: v.optional(v.array(v.string()), []),
        }),
      ),
      camera: v.optional(v.strictObject({ heading: v.number(), pitch: v.number() })),
    }),
  ),
})
export type Scene = v.InferOutput<typeof SceneSchema>
export type MapTheme = NonNullable<Scene['map']>['themes'][number]
