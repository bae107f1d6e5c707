declare module '@mapbox/martini' {
  export default class Martini {
    constructor(gridSize: number)
    createTile(heights: Float32Array): {
      /** Columns and rows of the grid, and corners by three. */
      getMesh(maxError: number): { vertices: Uint16Array; triangles: Uint32Array }
    }
  }
}
