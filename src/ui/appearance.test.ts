import { expect, it } from 'vitest'
import { wearByAddress, worn } from './appearance.ts'

it('writes what a wall is made to wear into its address, beside what else stands there', () => {
  history.replaceState(null, '', '/wall?map=2d&theme=light')
  wearByAddress('dark')
  expect([worn(), location.search]).toEqual(['dark', '?map=2d&theme=dark'])
  history.replaceState(null, '', '/wall')
  wearByAddress('light')
  expect([worn(), location.search]).toEqual(['light', '?theme=light'])
  expect(localStorage.length).toBe(0)
})
