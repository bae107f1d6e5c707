import { describe, expect, it, vi } from 'vitest'
import { isMapKey, listenPointer, pressKey } from './map-pointer.ts'

function setUp() {
  const element = document.createElement('div')
  element.setPointerCapture = () => undefined
  const actions = {
    drag: vi.fn(),
    zoom: vi.fn(),
    turn: vi.fn(),
    click: vi.fn(),
    hover: vi.fn(),
    leave: vi.fn(),
  }
  const stop = listenPointer(element, actions)
  const send = (type: string, x: number, y: number, button = 0): void => {
    const event = new MouseEvent(type, { button })
    Object.defineProperties(event, { offsetX: { value: x }, offsetY: { value: y }, pointerId: { value: 1 } })
    element.dispatchEvent(event)
  }
  return { actions, stop, send }
}

describe('listenPointer', () => {
  it('tells a click from a drag', () => {
    const { actions, send } = setUp()
    send('pointerdown', 10, 10)
    send('pointermove', 12, 11)
    send('pointerup', 12, 11)
    expect(actions.click).toHaveBeenCalledWith(12, 11)
    expect(actions.drag).not.toHaveBeenCalled()
    send('pointerdown', 10, 10)
    send('pointermove', 40, 30)
    send('pointerup', 40, 30)
    expect(actions.drag).toHaveBeenCalledWith(30, 20)
    expect(actions.click).toHaveBeenCalledTimes(1)
  })

  it('turns and tilts with the other button, and picks nothing with it', () => {
    const { actions, send } = setUp()
    send('pointerdown', 10, 10, 2)
    send('pointermove', 50, 30, 2)
    send('pointerup', 50, 30, 2)
    expect(actions.turn).toHaveBeenCalledWith(10, -5)
    expect(actions.drag).not.toHaveBeenCalled()
    send('pointerdown', 10, 10, 2)
    send('pointerup', 10, 10, 2)
    expect(actions.click).not.toHaveBeenCalled()
  })

  it('hears nothing after it stopped', () => {
    const { actions, stop, send } = setUp()
    stop()
    send('pointerdown', 1, 1)
    send('pointerup', 1, 1)
    expect(actions.click).not.toHaveBeenCalled()
  })
})

it('moves, zooms, turns, tilts and goes home by keys, and leaves the others alone', () => {
  const actions = { drag: vi.fn(), zoom: vi.fn(), turn: vi.fn(), home: vi.fn() }
  expect(['ArrowLeft', '+', '-', 'Tab', 'a'].map((key) => pressKey(key, actions))).toEqual([
    true,
    true,
    true,
    false,
    false,
  ])
  expect(actions.drag).toHaveBeenCalledWith(60, 0)
  for (const key of ['q', 'E', 'PageUp', 'PageDown', 'Home']) expect(pressKey(key, actions)).toBe(true)
  expect(actions.turn.mock.calls).toEqual([
    [-7.5, 0],
    [7.5, 0],
    [0, 7.5],
    [0, -7.5],
  ])
  expect(actions.home).toHaveBeenCalledTimes(1)
})

describe('isMapKey', () => {
  const pressed = (within: string, key: string, more: KeyboardEventInit = {}): boolean => {
    document.body.innerHTML = within
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more })
    let answer: boolean | undefined
    document.body.addEventListener('keydown', (heard) => (answer = isMapKey(heard)), { once: true })
    document.body.querySelector('[data-from]')!.dispatchEvent(event)
    return answer!
  }
  const canvas = '<div data-from tabindex="0"></div>'

  it('leaves to a field what is typed into it, but for Escape', () => {
    for (const field of [
      '<input data-from>',
      '<select data-from></select>',
      '<textarea data-from></textarea>',
    ])
      for (const key of ['ArrowUp', '-', 'q', 'Backspace', 'Home']) expect(pressed(field, key)).toBe(false)
    expect(pressed('<input data-from>', 'Escape')).toBe(true)
  })

  it('leaves to a button what presses it, and nothing else', () => {
    const button = '<button><b data-from></b></button>'
    expect(['Enter', ' ', 'ArrowLeft'].map((key) => pressed(button, key))).toEqual([false, false, true])
    expect(['Enter', ' ', 'ArrowLeft'].map((key) => pressed(canvas, key))).toEqual([true, true, true])
  })

  it('leaves to the browser what is pressed with Ctrl, and to others what they have done with', () => {
    expect(pressed(canvas, '-', { ctrlKey: true })).toBe(false)
    expect(pressed(canvas, '-')).toBe(true)
    const done = new KeyboardEvent('keydown', { key: 'ArrowLeft', cancelable: true })
    done.preventDefault()
    expect(isMapKey(done)).toBe(false)
  })
})
