// @vitest-environment node
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ProtocolSubject, type SeedRow, seedRows, toldOf } from '../conformance/protocol-suite.ts'
import { pause } from '../support/services/launch.ts'
import { type OwnInstance, ownInstance } from '../support/services/own-instance.ts'
import { runningService, skipReason } from '../support/services/running.ts'
import * as mosquitto from '../support/services/mosquitto.ts'
import * as natsServer from '../support/services/nats.ts'
import { mqttSubject } from './support/mqtt-subject.ts'
import { natsSubject } from './support/nats-subject.ts'

const cases = [
  { id: 'mqtt', service: mosquitto.service, subjectOf: mqttSubject },
  { id: 'nats', service: natsServer.service, subjectOf: natsSubject },
] as const
const child = fileURLToPath(new URL('./support/follow-child.ts', import.meta.url))

describe.each(cases)('$id, killed in the middle of a stream', ({ id, service, subjectOf }) => {
  describe.skipIf(!runningService(service.id))(`with its own ${service.id}${skipReason(service.id)}`, () => {
    let own: OwnInstance
    let folder: string
    beforeAll(async () => {
      own = await ownInstance(service)
      folder = mkdtempSync(join(tmpdir(), 'citydeck-kill-'))
    })
    afterAll(async () => {
      await own?.stop()
      rmSync(folder, { recursive: true, force: true })
    })

    function gateway(subject: ProtocolSubject, file: string): ChildProcess {
      const { source, mapping, secrets } = subject
      const words = [id, JSON.stringify({ source, mapping, secrets }), file]
      return spawn(process.execPath, ['--import', 'tsx', child, ...words], { stdio: 'ignore' })
    }
    const lines = (file: string): string[] =>
      existsSync(file)
        ? readFileSync(file, 'utf8')
            .split('\n')
            .slice(0, -1)
            .filter((line) => !line.startsWith('@'))
        : []
    async function until(enough: () => boolean): Promise<void> {
      while (!enough()) await pause(20)
    }
    /** As the store has them: each figure once. A delivery that was durable and not yet acknowledged comes twice. */
    const stored = (file: string): string[] => [...new Set(lines(file))].toSorted()
    /** Until the first is stored, so that the server knows our place; then the others, again where it was killed meanwhile. */
    async function send(subject: ProtocolSubject, rows: readonly SeedRow[], file: string): Promise<void> {
      while (lines(file).length === 0) {
        await subject.seed(rows.slice(0, 1))
        await pause(100)
      }
      for (let at = 0; at < rows.length; at += 20) {
        const part = rows.slice(at, at + 20)
        while (
          !(await subject.seed(part).then(
            () => true,
            () => false,
          ))
        )
          await pause(50)
      }
    }

    async function follow(
      name: string,
      disturb: (running: ChildProcess, start: () => ChildProcess) => Promise<ChildProcess>,
    ): Promise<{ sent: string[]; kept: string[] }> {
      const subject = await subjectOf(own.running, `${name}_${id}`)
      const file = join(folder, name)
      const start = (): ChildProcess => gateway(subject, file)
      const rows = seedRows(1_000)
      let running = start()
      const sending = send(subject, rows, file)
      for (const share of [0.2, 0.5, 0.8]) {
        await until(() => stored(file).length >= rows.length * share)
        running = await disturb(running, start)
      }
      await sending
      await until(() => stored(file).length >= rows.length)
      running.kill('SIGKILL')
      await subject.close?.()
      return { sent: toldOf(rows), kept: stored(file) }
    }

    it('the gateway: what was sent is what is stored', async () => {
      const { sent, kept } = await follow('gateway', async (running, start) => {
        running.kill('SIGKILL')
        return start()
      })
      expect(kept).toEqual(sent)
    }, 180_000)

    it('the server: what was sent is what is stored', async () => {
      const { sent, kept } = await follow('server', async (running) => {
        await own.kill()
        await own.restart()
        return running
      })
      expect(kept).toEqual(sent)
    }, 180_000)
  })
})
