import { expect, it } from 'vitest'
import { cityCamera } from './city-cameras.ts'

it('sees the city from a side of each console’s own', () => {
  expect(cityCamera('wall', 'peace')).toEqual({ heading: 348, pitch: -40 })
  expect(cityCamera('kiosk', 'peace')).toEqual({ heading: 336, pitch: -36 })
  expect(cityCamera('desk', 'peace')).toEqual({ heading: 354, pitch: -72 })
})

it('turns the wall in an emergency, and no other console', () => {
  expect(cityCamera('wall', 'emergency')).toEqual({ heading: 340, pitch: -43 })
  for (const console of ['kiosk', 'desk', 'analyst'] as const)
    expect(cityCamera(console, 'emergency')).toBe(cityCamera(console, 'peace'))
})

it('takes the scene’s own camera first, in every mode', () => {
  const own = { heading: 10, pitch: -50 }
  expect(cityCamera('wall', 'peace', own)).toBe(own)
  expect(cityCamera('wall', 'emergency', own)).toBe(own)
})
