export const consoleNames = ['wall', 'desk', 'analyst', 'kiosk'] as const
export type ConsoleName = (typeof consoleNames)[number]

/** Which console an address means: its last folder, so a build under a sub-path or with folders per console works too. */
export function consoleOf(pathname: string): ConsoleName | undefined {
  const parts = pathname.split('/').filter((part) => part !== '' && part !== 'index.html')
  const last = parts.at(-1)?.replace(/\.html$/, '')
  return consoleNames.find((name) => name === last)
}

/** Walls and kiosks take their type size from the screen's height; desks keep 16 px. */
export function fitOf(name: ConsoleName | undefined): 'wall' | 'desk' {
  return name === 'wall' || name === 'kiosk' ? 'wall' : 'desk'
}

/** `asOf` of the page's address, when it is an instant; anything else is no instant and means now. */
export function asOfOf(search: string): string | undefined {
  const given = new URLSearchParams(search).get('asOf')
  if (given === null) return undefined
  const ms = Date.parse(given)
  return /^\d{4}-\d\d-\d\dT/.test(given) && Number.isFinite(ms) ? new Date(ms).toISOString() : undefined
}

/** `theme=light` of the page's address wears the light tokens; a wall is dark unless it is asked otherwise. */
export function themeOf(search: string): 'dark' | 'light' {
  return new URLSearchParams(search).get('theme') === 'light' ? 'light' : 'dark'
}
