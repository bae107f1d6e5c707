import { join, relative } from 'node:path'

/**
 * Who shows a built map and from when on, in a sentence: the gateway serves the built app's folder, where a build copies those of public/.
 * @param root of the project
 */
export function whereServed(out: string, root: string): string {
  const city = (base: string): string | undefined => {
    const way = relative(join(root, base), out)
    return way === '' || way.startsWith('..') || /[\\/]/.test(way) ? undefined : way
  }
  const [served, kept] = [city('dist/client/basemap'), city('public/basemap')]
  if (served !== undefined)
    return `The gateway serves it at once as the map of the city ${served}: reload the page. The next build takes it away again.`
  if (kept !== undefined)
    return `It comes into the app with the next npm run build; --out dist/client/basemap/${kept} serves it at once.`
  return 'No app shows it from there: a city is drawn from public/basemap/<city>, or at once from dist/client/basemap/<city>.'
}
