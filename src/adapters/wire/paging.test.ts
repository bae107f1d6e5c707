import { describe, expect, it } from 'vitest'
import type { JsonValue } from './json-path.ts'
import { type Paging, firstPage, nextPage } from './paging.ts'

const url = 'http://recorded.invalid/a?x=1'
const after = (paging: Paging, rows: number, body: JsonValue = {}, link?: string) =>
  nextPage(paging, firstPage(paging), { rows, body, url, link })

describe('nextPage', () => {
  const page: Paging = {
    kind: 'page',
    in: 'query',
    page: 'p',
    size: 's',
    rows: 10,
    first: 1,
    total: undefined,
  }

  it('counts pages on until one is short', () => {
    expect(firstPage(page).parameters).toEqual({ p: 1, s: 10 })
    expect(after(page, 10)?.parameters).toEqual({ p: 2, s: 10 })
    expect(after(page, 9)).toBeUndefined()
  })

  it('does not take a short page for the last where the source counts more', () => {
    const counted: Paging = { ...page, total: '$.total' }
    expect(after(counted, 4, { total: 9 })?.number).toBe(2)
    expect(after(counted, 4, { total: 4 })).toBeUndefined()
    expect(() => after(counted, 0, { total: 9 })).toThrow('counts 9 rows and gave 0')
    expect(() => after(counted, 4, {})).toThrow('no count of rows')
  })

  it('moves an offset by what it got', () => {
    const offset: Paging = {
      kind: 'offset',
      in: 'query',
      offset: 'o',
      limit: 'l',
      rows: 10,
      total: '$.total',
    }
    expect(after(offset, 4, { total: 9 })?.parameters).toEqual({ o: 4, l: 10 })
  })

  it('follows a cursor until it is empty, and not in a circle', () => {
    const cursor: Paging = { kind: 'cursor', in: 'query', parameter: 'c', next: '$.next' }
    const second = after(cursor, 1, { next: 'b' })!
    expect(second.parameters).toEqual({ c: 'b' })
    for (const next of [null, '', false])
      expect(nextPage(cursor, second, { rows: 1, body: { next }, url, link: undefined })).toBeUndefined()
    expect(() => nextPage(cursor, second, { rows: 1, body: { next: 'b' }, url, link: undefined })).toThrow(
      'does not move',
    )
  })

  it.each([
    ['</a?x=2>; rel="next"', 'http://recorded.invalid/a?x=2'],
    ['</a?x=0>; rel=prev, <?x=2>; title="a, b"; rel="last next"', 'http://recorded.invalid/a?x=2'],
    ['</a?x=2>; rel=last', undefined],
    [undefined, undefined],
  ])('finds rel=next in %s', (link, expected) => {
    expect(after({ kind: 'link' }, 1, {}, link)?.url).toBe(expected)
  })

  it('does not follow a link to elsewhere or to itself', () => {
    expect(() => after({ kind: 'link' }, 1, {}, '<http://169.254.169.254/>; rel=next')).toThrow(
      'not this source',
    )
    expect(() => after({ kind: 'link' }, 1, {}, '<?x=1>; rel=next')).toThrow('the same page')
  })
})
