import { expect, it } from 'vitest'
import { whereServed } from './where-served.ts'

it.each([
  ['/app/dist/client/basemap/yinchuan', 'serves it at once as the map of the city yinchuan'],
  ['/app/public/basemap/yinchuan', '--out dist/client/basemap/yinchuan serves it at once'],
  ['/app/public/basemap', 'No app shows it from there'],
  ['/app/public/basemap/a/b', 'No app shows it from there'],
  ['/tmp/map', 'No app shows it from there'],
])('says of %s: %s', (out, said) => {
  expect(whereServed(out, '/app')).toContain(said)
})
