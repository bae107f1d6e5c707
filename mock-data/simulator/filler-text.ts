import Mock from 'mockjs'

type Slot = 'spot' | 'matter' | 'wish'

let words: Record<Slot, string> = { spot: '', matter: '', wish: '' }
Mock.Random.extend({ spot: () => words.spot, matter: () => words.matter, wish: () => words.wish })

/**
 * A template's placeholders filled by mockjs. What stands in them is drawn by our own generator beforehand, because
 * the chance inside mockjs would not say the same thing twice. Its URL interception is never switched on.
 */
export function filled(template: string, drawn: Record<Slot, string>): string {
  words = drawn
  return String(Mock.mock(template))
}
