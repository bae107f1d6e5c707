/** What the test picture paints: like a small map, many small triangles under a few coats over everything. */
const SIDE = 512
const COATS = 6
const TRIANGLES = 20_000
/** Coats of the first, small picture: it pays for the shader, and tells a machine not to be asked for the large one. */
const FIRST_COATS = 1
const FIRST_TRIANGLES = 2000
const HOPELESS_MS = 400
const ROUNDS = 3

/** Pixels of the test picture, all coats counted once: what its time stands for. */
export const PICTURE_PIXELS = SIDE * SIDE

const VERTEX = `#version 300 es
uniform int coats;
out vec3 tone;
float noise(int n) { return fract(sin(float(n) * 12.9898) * 43758.5453); }
void main() {
  int triangle = gl_VertexID / 3, corner = gl_VertexID % 3;
  vec2 at = vec2(corner == 1 ? 3.0 : -1.0, corner == 2 ? 3.0 : -1.0);
  if (triangle >= coats)
    at = vec2(noise(triangle), noise(triangle + 7)) * 2.0 - 1.0 + at * 0.01;
  tone = vec3(noise(triangle + 1), noise(triangle + 2), noise(triangle + 3));
  gl_Position = vec4(at, noise(triangle + 5), 1.0);
}`
const FRAGMENT = `#version 300 es
precision highp float;
in vec3 tone;
out vec4 colour;
void main() {
  vec3 light = normalize(vec3(gl_FragCoord.xy / ${SIDE}.0 - 0.5, 1.0));
  colour = vec4(tone * max(0.2, dot(light, normalize(tone))), 0.5);
}`

/**
 * Draws a small picture of known size and waits for it: the least of three tries, so that a busy moment of the machine
 * does not pass for a slow card. A machine that is slow at a tenth of it is not asked for more.
 * @returns milliseconds of the picture; Infinity where the context cannot draw it
 */
export function timePicture(gl: WebGL2RenderingContext, now: () => number = () => performance.now()): number {
  const program = linked(gl)
  if (!program) return Infinity
  gl.canvas.width = gl.canvas.height = SIDE
  gl.viewport(0, 0, SIDE, SIDE)
  gl.useProgram(program)
  gl.enable(gl.BLEND)
  gl.blendFunc(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA)
  const coatsAt = gl.getUniformLocation(program, 'coats')
  const drawn = (coats: number, triangles: number): number => {
    const start = now()
    gl.uniform1i(coatsAt, coats)
    gl.drawArrays(gl.TRIANGLES, 0, (coats + triangles) * 3)
    // The only way to learn that it is drawn: to ask for a pixel of it.
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4))
    return now() - start
  }
  drawn(FIRST_COATS, FIRST_TRIANGLES)
  const first = drawn(FIRST_COATS, FIRST_TRIANGLES)
  if (first * COATS > HOPELESS_MS) return first * COATS
  return Math.min(...Array.from({ length: ROUNDS }, () => drawn(COATS, TRIANGLES)))
}

function linked(gl: WebGL2RenderingContext): WebGLProgram | undefined {
  const program = gl.createProgram()
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(kind)
    if (!shader) return undefined
    gl.shaderSource(shader, source)
    gl.compileShader(shader)
    gl.attachShader(program, shader)
  }
  gl.linkProgram(program)
  return gl.getProgramParameter(program, gl.LINK_STATUS) ? program : undefined
}
