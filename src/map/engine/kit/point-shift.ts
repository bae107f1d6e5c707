const SIZE = 32
const vs = `#version 300 es
void main() { gl_Position = vec4(0., 0., 0., 1.); gl_PointSize = 10.; }`
const fs = `#version 300 es
precision mediump float;
out vec4 color;
void main() { if (length(gl_PointCoord - 0.5) > 0.5) discard; color = vec4(1.); }`

let measured: [number, number] | undefined

/**
 * Drawn pixels by which this machine draws a point off its place on an antialiased canvas, right and up. Zero by the
 * standard; Mesa's llvmpipe is half a pixel off to the left and below. Measured once, on a canvas thrown away.
 */
export function pointShift(): [number, number] {
  measured ??= measure(document.createElement('canvas'))
  return measured
}

function measure(canvas: HTMLCanvasElement): [number, number] {
  canvas.width = SIZE
  canvas.height = SIZE
  const gl = canvas.getContext('webgl2', { antialias: true })
  const program = gl?.createProgram()
  if (!gl || !program) return [0, 0]
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, vs],
    [gl.FRAGMENT_SHADER, fs],
  ] as const) {
    const shader = gl.createShader(kind)
    if (!shader) return [0, 0]
    gl.shaderSource(shader, source)
    gl.compileShader(shader)
    gl.attachShader(program, shader)
  }
  gl.linkProgram(program)
  gl.useProgram(program)
  gl.drawArrays(gl.POINTS, 0, 1)
  const pixels = new Uint8Array(SIZE * SIZE * 4)
  gl.readPixels(0, 0, SIZE, SIZE, gl.RGBA, gl.UNSIGNED_BYTE, pixels)
  // A context counts against the page's limit until it is given back.
  gl.getExtension('WEBGL_lose_context')?.loseContext()
  return offCentre(pixels)
}

/** How far the middle of what is drawn lies off the middle of the square. */
export function offCentre(pixels: Uint8Array): [number, number] {
  let [sum, x, y] = [0, 0, 0]
  for (let at = 0; at < SIZE * SIZE; at++) {
    const weight = pixels[at * 4]!
    sum += weight
    x += weight * ((at % SIZE) + 0.5)
    y += weight * (Math.floor(at / SIZE) + 0.5)
  }
  // Nothing drawn, or next to nothing: no reason to move anything.
  return sum < 255 ? [0, 0] : [x / sum - SIZE / 2, y / sum - SIZE / 2]
}
