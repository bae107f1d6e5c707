import { createHash, timingSafeEqual } from 'node:crypto'
import type { Command } from '../../src/domain/command.ts'
import type { Indicator } from '../../src/domain/indicator.ts'

/** Who asks. Every route asks `viewerOf`; nothing else decides who a request is. */
export interface Viewer {
  id: string
  /** Viewers of equal scope are sent equal bytes, so a stream event is serialised once per scope. */
  scope: string
  sees(indicator: Pick<Indicator, 'code' | 'classification' | 'audience'>): boolean
  maySend(type: Command['type']): boolean
  /** A system that tells of what happened elsewhere says itself when it happened. */
  tellsOfElsewhere: boolean
}

export interface Asker {
  remoteAddress: string | undefined
  header(name: string): string | undefined
}

const localOperator: Viewer = {
  id: 'local-operator',
  scope: 'all',
  sees: () => true,
  maySend: () => true,
  tellsOfElsewhere: false,
}

/** Tells of the demo city's incidents and warnings; what people decide is not its business. */
const simulator: Viewer = {
  id: 'simulator',
  scope: 'all',
  sees: () => true,
  maySend: (type) => type.startsWith('incident.') || type.startsWith('warning.'),
  tellsOfElsewhere: true,
}

/**
 * Until sign-in exists: a request from this machine is the local operator, every other one is refused. A proxy on this
 * machine would make strangers look local, and a rebound name would make a foreign page look like ours: both are refused.
 * The simulator is known by the token that the gateway made for it at this start.
 */
export function viewerOf(asker: Asker, simulatorToken?: string): Viewer | undefined {
  if (!isLoopback(asker.remoteAddress)) return undefined
  if (asker.header('forwarded') ?? asker.header('x-forwarded-for') ?? asker.header('x-real-ip'))
    return undefined
  const host = asker.header('host')
  if (host === undefined || !isLoopbackName(host)) return undefined
  const origin = asker.header('origin')
  if (origin !== undefined && origin !== `http://${host}`) return undefined
  const site = asker.header('sec-fetch-site')
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return undefined
  const authorization = asker.header('authorization')
  if (authorization === undefined) return localOperator
  return simulatorToken !== undefined && isSame(authorization, `Bearer ${simulatorToken}`)
    ? simulator
    : undefined
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [given, wanted].map((text) => createHash('sha256').update(text).digest())
  return timingSafeEqual(a!, b!)
}

function isLoopback(address: string | undefined): boolean {
  return address !== undefined && /^(::ffff:)?127\.\d+\.\d+\.\d+$|^::1$/.test(address)
}

function isLoopbackName(host: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i.test(host)
}
