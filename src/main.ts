import './ui/tokens.css'
import './ui/base.css'
import { createPinia } from 'pinia'
import { type Component, createApp, watch } from 'vue'
import App from './App.vue'
import { serverEvents } from './client/server-events.ts'
import { asOfOf, consoleOf, fitOf, themeOf } from './console-address.ts'
import { askSnapshot, follow } from './runtime/follower.ts'
import { useClock } from './stores/clock.ts'
import { useObservations } from './stores/observations.ts'
import { useScene } from './stores/scene.ts'
import { useSession } from './stores/session.ts'

const consoles = import.meta.glob<{ default: Component }>('./consoles/*/*Console.vue')
const fontsAtLatestMs = 4_000

function loadConsole(): Promise<{ default: Component }> {
  const folder = `./consoles/${consoleOf(location.pathname) ?? 'start'}/`
  const found = Object.entries(consoles).find(([path]) => path.startsWith(folder))
  if (!found) throw new Error(`there is no console in ${folder}`)
  return found[1]()
}

const isStatic = import.meta.env.VITE_STATIC === '1'

function start(): void {
  const asOf = asOfOf(location.search)
  const first = isStatic ? undefined : askSnapshot(asOf)
  const app = createApp(App, { load: once(loadConsole()) }).use(createPinia())
  if (asOf === undefined) useClock().start()
  else useClock().standAt(asOf)
  useScene().selectRegion(new URLSearchParams(location.search).get('region') ?? '')
  if (first) follow(first, serverEvents, asOf)
  else void followStatic(asOf)
  app.mount('#app')
  fetchFontsAfterFirstFigure()
}

/** Static mode answers and tells by itself; its code is no part of the normal build. */
async function followStatic(asOf: string | undefined): Promise<void> {
  // Asked once more, as a constant: the bundler drops an import only from a branch that it sees is dead.
  if (import.meta.env.VITE_STATIC === '1') {
    useSession().isStatic = true
    const { startStatic } = await import('./client/static.ts')
    const events = await startStatic()
    follow(askSnapshot(asOf), events, asOf)
  }
}

/** The first try is already on its way; a second one, after a failure, asks again. */
function once<T>(first: Promise<T>): () => Promise<T> {
  first.catch(() => undefined)
  let used = false
  return async () => {
    if (used) location.reload()
    used = true
    return await first
  }
}

/** Fonts weigh more than everything before the first figure together, so they come after it. */
function fetchFontsAfterFirstFigure(): void {
  const observations = useObservations()
  const fetchFonts = (): void => {
    clearTimeout(timer)
    stop()
    void import('./ui/fonts.ts')
  }
  const timer = setTimeout(fetchFonts, fontsAtLatestMs)
  const stop = watch(
    () => observations.settled,
    (settled) => settled && requestAnimationFrame(() => setTimeout(fetchFonts, 0)),
  )
}

/** One screen of a wall holds the whole page and shows its part of it. */
async function startPart(): Promise<void> {
  const { readSlice, showPart } = await import('./ui/wall-part.ts')
  const slice = readSlice(location.search)
  if (slice) showPart(slice)
  else start()
}

document.documentElement.dataset['theme'] = themeOf(location.search)
document.documentElement.dataset['fit'] = fitOf(consoleOf(location.pathname))
if (window === window.top && location.search.includes('slice=')) void startPart()
else start()
