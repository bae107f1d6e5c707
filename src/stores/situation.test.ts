import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { situationWith } from '../../tests/support/wire-fixtures.ts'
import type { JournalRecord } from '../domain/command.ts'
import { useSituation } from './situation.ts'

function modeRecord(sequence: number, mode: 'peace' | 'emergency'): JournalRecord {
  return {
    type: 'mode.switched',
    payload: { mode },
    sequence,
    at: '2026-08-06T06:32:00Z',
    actor: 'local',
    stream: 'mode',
    command: `command-${sequence}`,
    previous: '',
    hash: '',
  }
}

beforeEach(() => setActivePinia(createPinia()))

describe('useSituation', () => {
  it('folds records onto the snapshot and each only once', () => {
    const store = useSituation()
    store.accept(situationWith({ sequence: 4, streams: { mode: 2 } }))
    store.apply(modeRecord(5, 'emergency'))
    store.apply(modeRecord(5, 'emergency'))
    store.apply(modeRecord(3, 'peace'))
    expect(store.mode).toBe('emergency')
    expect(store.streams.get('mode')).toBe(3)
  })

  it('believes the snapshot of a gateway that began anew', () => {
    const store = useSituation()
    store.apply(modeRecord(9, 'emergency'))
    store.accept(situationWith({ sequence: 2, mode: 'peace' }))
    store.apply(modeRecord(3, 'emergency'))
    expect(store.mode).toBe('emergency')
  })
})
