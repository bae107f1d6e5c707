import { Deck, MapView } from '@deck.gl/core'
import { ScatterplotLayer } from '@deck.gl/layers'

/** A deck.gl page as its tutorial makes one, drawing the same points: the bench's reference. */
let firstFrameMs: number | undefined
const deck = new Deck({
  parent: document.querySelector<HTMLDivElement>('#map')!,
  views: new MapView({}),
  initialViewState: { longitude: 125.32, latitude: 43.9, zoom: 9 },
  useDevicePixels: false,
  onAfterRender: () => (firstFrameMs ??= performance.now()),
})
let place = { longitude: 125.32, latitude: 43.9 }

function show(longitude: number, latitude: number, lonLats: readonly number[]): void {
  place = { longitude, latitude }
  const data = Array.from({ length: lonLats.length / 2 }, (_, at): [number, number] => [
    lonLats[at * 2]!,
    lonLats[at * 2 + 1]!,
  ])
  deck.setProps({
    layers: [
      new ScatterplotLayer<[number, number]>({
        id: 'points',
        data,
        getPosition: (point) => point,
        getFillColor: [0, 255, 255],
        getRadius: 2,
        radiusUnits: 'pixels',
      }),
    ],
  })
}

function turn(degrees: number): number {
  const start = performance.now()
  deck.setProps({ viewState: { ...place, zoom: 9, bearing: degrees } })
  deck.redraw('bench')
  const gl = deck.getCanvas()!.getContext('webgl2')!
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4))
  return performance.now() - start
}

const plain = { show, turn, firstFrame: () => firstFrameMs }
Object.assign(globalThis, { plain })
