import { AxiosError, AxiosHeaders, type InternalAxiosRequestConfig } from 'axios'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { http } from '../client/http.ts'
import { useClock } from './clock.ts'
import { useCommands } from './commands.ts'

const adapter = http.defaults.adapter!
let sent: { url: string | undefined; body: Record<string, unknown> }[]

function answer(status: number, data: unknown): void {
  http.defaults.adapter = async (config: InternalAxiosRequestConfig) => {
    sent.push({ url: config.url, body: JSON.parse(String(config.data)) as Record<string, unknown> })
    const response = { data, status, statusText: '', headers: new AxiosHeaders(), config }
    if (status >= 400) throw new AxiosError('refused', 'ERR_BAD_REQUEST', config, null, response)
    return response
  }
}

beforeEach(() => {
  sent = []
  setActivePinia(createPinia())
})
afterEach(() => {
  http.defaults.adapter = adapter
})

describe('useCommands', () => {
  it('sends an envelope with an id of its own and the sequence it has seen', async () => {
    answer(200, { sequence: 41 })
    const commands = useCommands()
    expect(await commands.send('incident.accept', 'incident:EV-1', { incident: 'EV-1' }, 1)).toEqual({
      ok: true,
      sequence: 41,
    })
    expect(sent[0]).toMatchObject({
      url: '/api/commands',
      body: { type: 'incident.accept', stream: 'incident:EV-1', expectedSequence: 1 },
    })
    expect(sent[0]!.body['id']).toMatch(/^[0-9a-f]{32}$/)
    expect(commands.pending).toBe(0)
  })

  it('keeps the id of what must be done once, whoever else sends it', async () => {
    answer(200, { sequence: 42 })
    await useCommands().send('mode.switch', 'mode', { mode: 'peace' }, undefined, 'finding:FND-1')
    expect(sent[0]!.body['id']).toBe('finding:FND-1')
  })

  it('answers a refusal as a sentence', async () => {
    answer(422, { type: 'about:blank', title: 'Refused', status: 422, detail: 'incident is closed' })
    expect(
      await useCommands().send('incident.close', 'incident:EV-1', { incident: 'EV-1', result: 'done' }),
    ).toEqual({ ok: false, reason: 'incident is closed' })
  })

  it('sends nothing from a page that shows the past', async () => {
    answer(200, { sequence: 1 })
    useClock().standAt('2026-08-06T06:32:00Z')
    expect(await useCommands().send('mode.switch', 'mode', { mode: 'peace' })).toMatchObject({ ok: false })
    expect(sent).toEqual([])
  })
})
