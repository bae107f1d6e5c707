import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import * as v from 'valibot'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Component, defineComponent, h } from 'vue'
import { parse } from 'yaml'
import type { Panel } from '../../src/contracts/panel.ts'
import { IndicatorCodeSchema } from '../../src/domain/indicator.ts'
import { type PanelModule, panels } from '../../src/runtime/plugins.ts'
import { isWordKey } from '../../src/ui/words.ts'
import { en } from '../../src/ui/words/en.ts'
import { sampleOf } from '../support/sample-of.ts'
import { twinPanels } from './twins/panels.ts'

const scenes = import.meta.glob<string>('../../cities/*/scenes/*.yaml', {
  eager: true,
  query: '?raw',
  import: 'default',
})

interface Scene {
  panels?: { panel: string; options?: unknown }[]
}

/** Options a panel can start with: none, those of every scene that places it, and the least its schema accepts. */
function optionsFor(id: string, { options }: Panel): Record<string, unknown>[] {
  const placed = Object.values(scenes)
    .flatMap((text) => (parse(text) as Scene).panels ?? [])
    .filter(({ panel }) => panel === id)
    .map((place) => place.options ?? {})
  return [{}, ...placed, sampleOf(options)]
    .map((given) => v.safeParse(options, given))
    .flatMap((read) => (read.success ? [read.output as Record<string, unknown>] : []))
}

async function open({ default: component }: PanelModule, options: Record<string, unknown>) {
  const said: string[] = []
  for (const level of ['warn', 'error'] as const)
    vi.spyOn(console, level).mockImplementation(
      (...words: unknown[]) => void said.push(words.map(String).join(' ')),
    )
  const view = mount(component, { props: { options }, attachTo: document.body })
  await flushPromises()
  return { view, said }
}

/** A figure before any value has come would be an invented one. Digits in names and marks are declared by data-not-figure. */
function bareDigits(element: Element): string[] {
  const walker = document.createTreeWalker(element, 4)
  const found: string[] = []
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (/\d/.test(node.textContent ?? '') && !node.parentElement?.closest('[data-not-figure]'))
      found.push(node.textContent ?? '')
  }
  return found
}

const rules: { name: string; keeps(id: string, module: PanelModule): Promise<void> }[] = [
  {
    name: 'has a title in both languages, a size and options a scene can give',
    async keeps(id, { panel }) {
      expect(isWordKey(panel.title), `${panel.title} is no key of ui/words`).toBe(true)
      expect(Object.hasOwn(en, panel.title)).toBe(true)
      for (const side of [0, 1] as const)
        expect(panel.size.ideal[side]).toBeGreaterThanOrEqual(panel.size.min[side])
      expect(panel.size.min[0] * panel.size.min[1]).toBeGreaterThan(0)
      expect(
        optionsFor(id, panel).length,
        'no options that it starts with: place it in a scene',
      ).toBeGreaterThan(0)
    },
  },
  {
    name: 'names indicators by their codes',
    async keeps(id, { panel }) {
      for (const options of optionsFor(id, panel))
        for (const code of panel.indicators(options)) expect(v.is(IndicatorCodeSchema, code), code).toBe(true)
    },
  },
  {
    name: 'refuses options it does not know',
    async keeps(id, { panel }) {
      const [good = {}] = optionsFor(id, panel)
      expect(v.safeParse(panel.options, { ...good, notAnOption: 1 }).success).toBe(false)
    },
  },
  {
    name: 'stands with no data at all: silent, under a name, without an invented figure',
    async keeps(id, module) {
      for (const options of optionsFor(id, module.panel)) {
        const { view, said } = await open(module, options)
        const element = view.element as Element
        const named = element.matches('[aria-label]') ? element : element.querySelector('[aria-label]')
        expect(said).toEqual([])
        expect(named?.getAttribute('aria-label') ?? '', 'a section with an aria-label').not.toBe('')
        expect(bareDigits(element.parentElement ?? element)).toEqual([])
        view.unmount()
      }
    },
  },
]

beforeEach(() => {
  setActivePinia(createPinia())
})
afterEach(() => {
  document.body.replaceChildren()
})

it('finds panels: the registry is not empty', () => {
  expect(panels.size).toBeGreaterThan(0)
})

describe.each([...panels.keys()])('panel %s', (id) => {
  let module: PanelModule
  beforeAll(async () => {
    module = await panels.get(id)!()
  }, 60_000)

  it.each(rules)('$name', async ({ keeps }) => {
    await expect(keeps(id, module)).resolves.toBeUndefined()
  })
})

describe('the suite itself', () => {
  const twinModule = (twin: { panel?: Partial<Panel>; component?: Component }): PanelModule => ({
    default:
      twin.component ??
      defineComponent({ props: ['options'], render: () => h('section', { 'aria-label': '样例' }) }),
    panel: {
      title: 'panel.economy.title',
      options: v.strictObject({}),
      size: { min: [1, 1], ideal: [2, 2] },
      indicators: () => [],
      ...twin.panel,
    },
  })

  it.each(rules)('lets an honest panel pass: $name', async ({ keeps }) => {
    await expect(keeps('honest', twinModule({}))).resolves.toBeUndefined()
  })

  it.each(rules)('catches every twin that breaks the rule: $name', async ({ name, keeps }) => {
    const broken = twinPanels.filter(({ breaks }) => breaks === name)
    expect(broken.length).toBeGreaterThan(0)
    for (const twin of broken) await expect(keeps('twin', twinModule(twin))).rejects.toThrow(Error)
  })
})
