import { describe, expect, it } from 'vitest'
import { asOfOf, consoleOf, themeOf } from './console-address.ts'

describe('consoleOf', () => {
  it.each([
    ['/wall', 'wall'],
    ['/desk/', 'desk'],
    ['/city/analyst/index.html', 'analyst'],
    ['/kiosk.html', 'kiosk'],
    ['/', undefined],
    ['/wallpaper', undefined],
  ])('reads %s as %s', (path, name) => expect(consoleOf(path)).toBe(name))
})

describe('asOfOf', () => {
  it('reads an instant with an offset as UTC', () => {
    expect(asOfOf('?asOf=2026-08-06T14:32:00%2B08:00')).toBe('2026-08-06T06:32:00.000Z')
  })

  it.each(['', '?asOf=', '?asOf=yesterday', '?asOf=2026'])('takes %s for now', (search) =>
    expect(asOfOf(search)).toBeUndefined(),
  )
})

describe('themeOf', () => {
  it.each([
    ['', 'dark'],
    ['?theme=light', 'light'],
    ['?theme=pink', 'dark'],
  ])('reads %s as %s', (search, theme) => expect(themeOf(search)).toBe(theme))
})
