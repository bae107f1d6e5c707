// @vitest-environment node
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { type ModelAdapter, defineModelAdapter } from '../../src/contracts/model-adapter.ts'
import { models } from '../../src/runtime/plugins.ts'

const entries = await Promise.all(
  [...models].map(async ([id, load]) => [id, (await load()).default] as const),
)

async function run(
  model: ModelAdapter,
  input: unknown = model.example,
  signal = new AbortController().signal,
) {
  const progress: number[] = []
  const output = await model.run(input, {
    signal,
    seed: 7,
    progress: (fraction) => void progress.push(fraction),
  })
  return { output, progress }
}

const rules: { name: string; keeps(model: ModelAdapter): Promise<void> }[] = [
  {
    name: 'starts from an example that its own schema accepts, and answers as it says',
    async keeps(model) {
      expect(v.safeParse(model.input, model.example).issues).toBeUndefined()
      expect(v.safeParse(model.output, (await run(model)).output).issues).toBeUndefined()
    },
  },
  {
    name: 'has a card: purpose, source, assumptions and limits',
    async keeps({ card, title, version }) {
      for (const text of [title, version, card.purpose, card.source, ...card.assumptions, ...card.limits])
        expect(text.trim()).not.toBe('')
      expect(Math.min(card.assumptions.length, card.limits.length)).toBeGreaterThan(0)
    },
  },
  {
    name: 'gives the same for the same input and seed, and leaves its input alone',
    async keeps(model) {
      const input: unknown = structuredClone(model.example)
      const first = await run(model, input)
      const second = await run(model, input)
      expect(JSON.stringify(second.output)).toBe(JSON.stringify(first.output))
      expect(input).toEqual(model.example)
    },
  },
  {
    name: 'tells its progress from 0 to 1 and never back',
    async keeps(model) {
      const { progress } = await run(model)
      expect(progress).toEqual(progress.toSorted((a, b) => a - b))
      expect(progress.every((fraction) => fraction >= 0 && fraction <= 1)).toBe(true)
    },
  },
  {
    name: 'has no answer that is not finite',
    async keeps(model) {
      expect(
        JSON.stringify((await run(model)).output, (_, value: unknown) =>
          typeof value === 'number' && !Number.isFinite(value) ? 'not finite' : value,
        ),
      ).not.toContain('not finite')
    },
  },
  {
    name: 'does not begin when it is told to stop',
    async keeps(model) {
      await expect(run(model, model.example, AbortSignal.abort())).rejects.toThrow(/abort/i)
    },
  },
  {
    name: 'refuses what is no input',
    async keeps(model) {
      for (const junk of [null, [], 'x', 7]) expect(v.safeParse(model.input, junk).success).toBe(false)
    },
  },
]

describe.each(entries)('model %s', (_, model) => {
  it.each(rules)('$name', async ({ keeps }) => {
    await expect(keeps(model)).resolves.toBeUndefined()
  })
})

describe('the suite itself', () => {
  const honest = defineModelAdapter({
    title: 'Sum',
    version: '1.0.0',
    input: v.strictObject({ values: v.array(v.number()) }),
    output: v.strictObject({ sum: v.number() }),
    card: { purpose: 'adds', source: 'arithmetic', assumptions: ['numbers'], limits: ['none are text'] },
    example: { values: [1, 2] },
    async run({ values }, { signal, progress }) {
      signal.throwIfAborted()
      progress(1)
      return { sum: values.reduce((sum, value) => sum + value, 0) }
    },
  }) as unknown as ModelAdapter
  let calls = 0
  const answering = (output: () => unknown): ModelAdapter => ({
    ...honest,
    run: async (_, { signal }) => (signal.throwIfAborted(), output()),
  })
  const twins: Record<string, ModelAdapter> = {
    [rules[0]!.name]: answering(() => ({ total: 3 })),
    [rules[1]!.name]: { ...honest, card: { ...honest.card, limits: [] } },
    [rules[2]!.name]: answering(() => ({ sum: (calls += 1) })),
    [rules[3]!.name]: {
      ...honest,
      run: async (_, { progress }) => (progress(0.9), progress(0.1), { sum: 3 }),
    },
    [rules[4]!.name]: answering(() => ({ sum: Number.NaN })),
    [rules[5]!.name]: { ...honest, run: async () => ({ sum: 3 }) },
    [rules[6]!.name]: { ...honest, input: v.any() },
  }

  it.each(rules)('lets an honest model pass: $name', async ({ keeps }) => {
    await expect(keeps(honest)).resolves.toBeUndefined()
  })

  it.each(rules)('catches the twin that breaks the rule: $name', async ({ name, keeps }) => {
    await expect(keeps(twins[name]!)).rejects.toThrow(Error)
  })
})
