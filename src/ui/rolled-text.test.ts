import { describe, expect, it } from 'vitest'
import { rolledText } from './rolled-text.ts'

describe('rolledText', () => {
  it('rolls only the digits that changed', () => {
    expect(rolledText('1,041', '1,042')).toEqual([
      { text: '1,04', changed: false },
      { text: '2', changed: true },
    ])
  })

  it('compares from the right when the number grows a digit', () => {
    expect(rolledText('998', '1,998')).toEqual([
      { text: '1', changed: true },
      { text: ',998', changed: false },
    ])
  })

  it('never rolls on the first value', () => {
    expect(rolledText(undefined, '12.5')).toEqual([{ text: '12.5', changed: false }])
  })

  it('leaves separators and signs still', () => {
    expect(
      rolledText('—', '−1.5')
        .filter((run) => run.changed)
        .map((run) => run.text),
    ).toEqual(['1', '5'])
  })
})
