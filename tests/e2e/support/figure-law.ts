import type { Page } from '@playwright/test'

export interface BareNumber {
  text: string
  where: string
}

/**
 * Every digit on a console is either inside a Figure that says what it is, or inside an element that says why it is none:
 * clock, date, rank, axis, name, duration. Answers what is neither, and Figures that do not say enough.
 * A whole chart stands inside one axis mark, so in its drawing a number must also stand where an axis has its numbers: in a
 * row or a column with another one. A title or a value beside a line does not.
 */
export async function bareNumbers(page: Page): Promise<BareNumber[]> {
  return page.evaluate(() => {
    const kinds = new Set(['clock', 'date', 'rank', 'axis', 'name', 'duration'])
    const required = ['data-indicator', 'data-region', 'data-period', 'data-received', 'data-unit']
    const found: { text: string; where: string }[] = []
    const place = (element: Element) => {
      const path: string[] = []
      for (let at: Element | null = element; at && path.length < 5; at = at.parentElement)
        path.unshift(
          `${at.tagName.toLowerCase()}${at.classList.length > 0 ? `.${[...at.classList].join('.')}` : ''}`,
        )
      return path.join(' > ')
    }
    const standsInLine = (element: Element, mark: Element) => {
      const at = element.getBoundingClientRect()
      return [...mark.querySelectorAll('svg text')].some((other) => {
        if (element.contains(other) || other.contains(element)) return false
        if (!/[\d\uFF10-\uFF19]/.test(other.textContent ?? '')) return false
        const { left, right, bottom } = other.getBoundingClientRect()
        const near = (a: number, b: number) => Math.abs(a - b) < 1
        return near(bottom, at.bottom) || near(left, at.left) || near(right, at.right)
      })
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const node = walker.currentNode
      const text = (node.textContent ?? '').trim()
      const element = node.parentElement
      if (!element || !/[\d\uFF10-\uFF19]/.test(text) || element.closest('script, style')) continue
      const figure = element.closest('[data-indicator]')
      if (figure) {
        const lacking = required.filter((name) => !figure.getAttribute(name))
        if (lacking.length > 0)
          found.push({ text, where: `figure without ${lacking.join(', ')}: ${place(figure)}` })
        continue
      }
      const mark = element.closest('[data-not-figure]')
      const kind = mark?.getAttribute('data-not-figure')
      if (!kind || !kinds.has(kind)) found.push({ text, where: place(element) })
      else if (kind === 'axis' && element.closest('svg') && mark && !standsInLine(element, mark))
        found.push({ text, where: `in a drawing, but not at its axis: ${place(element)}` })
    }
    return found
  })
}

/** Warning hues by their computed value, as any element paints them; for tests that say nothing may turn an alarm hue. */
export async function alarmHued(page: Page, within: string): Promise<string[]> {
  return page.evaluate((selector) => {
    const style = getComputedStyle(document.documentElement)
    const probe = document.createElement('i')
    document.body.append(probe)
    const hues = new Set(
      ['--w1', '--w1-fill', '--w2', '--w2-fill', '--w3', '--w3-fill', '--w4', '--w4-fill'].map((name) => {
        probe.style.color = style.getPropertyValue(name)
        return getComputedStyle(probe).color
      }),
    )
    probe.remove()
    return [...document.querySelectorAll(`${selector}, ${selector} *`)]
      .filter((element) => {
        const { color, backgroundColor, fill, stroke, borderColor } = getComputedStyle(element)
        return [color, backgroundColor, fill, stroke, borderColor].some((value) => hues.has(value))
      })
      .map(
        (element) =>
          `${element.tagName.toLowerCase()}.${[...element.classList].join('.')}: ${(element.textContent ?? '').trim().slice(0, 40)}`,
      )
  }, within)
}
