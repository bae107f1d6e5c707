import type { IncomingMessage, ServerResponse } from 'node:http'
import sirv from 'sirv'

const consoles = new Set(['/', '/wall', '/desk', '/analyst', '/kiosk'])

/** 'wasm-unsafe-eval' and blob workers are what Cesium's decoders need; styles inline are the attributes of drawn SVG and canvas. */
const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self' blob: data:",
  "manifest-src 'self'",
  // A screen of a wall holds the whole wall in a frame of its own origin.
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ')

export function securityHeaders(response: ServerResponse): void {
  response.setHeader('content-security-policy', policy)
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('referrer-policy', 'no-referrer')
  response.setHeader('cross-origin-opener-policy', 'same-origin')
  response.setHeader('permissions-policy', 'camera=(), microphone=(), geolocation=()')
}

/**
 * The built app, precompressed; a console's address is the one page. Hashed files never change and are kept for a year. A base
 * map is replaced while the gateway runs: its files are looked up at each request and asked for again by their tag, so that no
 * browser mixes old tiles with new ones.
 */
export function serveFiles(folder: string) {
  const always = { brotli: true, gzip: true, etag: true }
  const files = sirv(folder, {
    ...always,
    dev: false,
    setHeaders(response, path) {
      const kept = path.startsWith('/assets/')
        ? 'public, max-age=31536000, immutable'
        : path.startsWith('/cesium/')
          ? 'public, max-age=3600'
          : 'no-cache'
      response.setHeader('cache-control', kept)
    },
  })
  const basemaps = sirv(folder, {
    ...always,
    dev: true,
    setHeaders: (response) => void response.setHeader('cache-control', 'no-cache'),
  })
  return (request: IncomingMessage, response: ServerResponse, otherwise: () => void): void => {
    const path = (request.url ?? '/').split('?')[0]!
    if (consoles.has(path.length > 1 ? path.replace(/\/$/, '') : path)) request.url = '/index.html'
    const serve = path.startsWith('/basemap/') ? basemaps : files
    serve(request, response, otherwise)
  }
}
