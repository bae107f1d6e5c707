import { chromium, type LaunchOptions } from '@playwright/test'
import { findBrowser } from '../../../scripts/find-browser.mjs'

/** As in an office without the internet: no name but this machine's is found. */
const WITHOUT_NETWORK = '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost'
const COMMON = ['--no-sandbox', '--ignore-gpu-blocklist', '--disable-background-networking', WITHOUT_NETWORK]

/** Ways to WebGL without a GPU, fastest first: Mesa's llvmpipe, then the SwiftShader inside Chromium. */
const WAYS = {
  llvmpipe: { args: ['--use-gl=angle', '--use-angle=gl-egl'], env: { LIBGL_ALWAYS_SOFTWARE: '1' } },
  swiftshader: {
    args: ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
    env: {},
  },
}
type Way = keyof typeof WAYS

export const WAY_VARIABLE = 'CITYDECK_TEST_GRAPHICS'

/** What `findGraphics` found before the workers started. */
export function chosenWay(): Way {
  return process.env[WAY_VARIABLE] === 'swiftshader' ? 'swiftshader' : 'llvmpipe'
}

export function launchOptions(way: Way): LaunchOptions {
  const { args, env } = WAYS[way]
  return { executablePath: findBrowser(), args: [...COMMON, ...args], env: { ...definedEnv(), ...env } }
}

/** The first way in which a page really gets a WebGL 2 context, and the renderer it names. */
export async function findGraphics(): Promise<{ way: Way; renderer: string }> {
  for (const way of ['llvmpipe', 'swiftshader'] as const) {
    const renderer = await rendererOf(launchOptions(way))
    if (renderer !== undefined) return { way, renderer }
  }
  throw new Error(`${findBrowser()} gives no WebGL 2 context, neither by Mesa nor by SwiftShader.`)
}

async function rendererOf(options: LaunchOptions): Promise<string | undefined> {
  const browser = await chromium.launch(options).catch(() => undefined)
  try {
    const page = await browser?.newPage()
    return (await page?.evaluate(readRenderer)) ?? undefined
  } catch {
    return undefined
  } finally {
    await browser?.close()
  }
}

/** Runs in the page. */
function readRenderer(): string | null {
  const gl = document.createElement('canvas').getContext('webgl2')
  if (!gl) return null
  const named = gl.getExtension('WEBGL_debug_renderer_info')
  return String(gl.getParameter(named ? named.UNMASKED_RENDERER_WEBGL : gl.RENDERER))
}

function definedEnv(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
