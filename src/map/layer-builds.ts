import type { MapLayer, SituationView } from '../contracts/map-layer.ts'

/**
 * What each layer makes of the view, kept while nothing but the running instant changed: then only the layers that move are
 * asked again.
 */
export class LayerBuilds<Made> {
  private readonly make: (layer: MapLayer, view: SituationView) => Made
  private last: Made[] = []
  private kept = new WeakMap<MapLayer, { view: SituationView; playMs: number | undefined; made: Made }>()

  constructor(make: (layer: MapLayer, view: SituationView) => Made) {
    this.make = make
  }

  /** In the order of the layers; the same list where nothing was made anew. @param playMs epoch ms; undefined while nothing runs */
  of(layers: readonly MapLayer[], view: SituationView, playMs: number | undefined): readonly Made[] {
    const all = layers.map((layer) => {
      const mine = layer.moves ? playMs : undefined
      const known = this.kept.get(layer)
      if (known?.view === view && known.playMs === mine) return known.made
      const made = this.make(layer, mine === undefined ? view : { ...view, playMs: mine })
      this.kept.set(layer, { view, playMs: mine, made })
      return made
    })
    const isSame = all.length === this.last.length && all.every((made, at) => made === this.last[at])
    return isSame ? this.last : (this.last = all)
  }

  /** For when the same view has to be made anew, by another kit. */
  forget(): void {
    this.kept = new WeakMap()
  }
}
