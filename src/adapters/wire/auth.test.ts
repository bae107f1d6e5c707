import { createHash, createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Io } from '../../contracts/io.ts'
import { type Auth, credentialsOf } from './auth.ts'

const io = { now: () => Date.UTC(2026, 7, 6, 6, 32), random: () => 0.5, timeZone: 'Asia/Shanghai' } as Io
const secrets: Record<string, string> = { KEY: 'app-1', SIGN: 's3cret' }
const secret = (name: string) => secrets[name] ?? ''
const request = { method: 'GET', path: '/a', query: 'x=1', body: '' }
const signed = (part: Partial<Extract<Auth, { kind: 'signed' }>>): Extract<Auth, { kind: 'signed' }> => ({
  kind: 'signed',
  appKeySecret: 'KEY',
  signSecret: 'SIGN',
  algorithm: 'hmac-sha256',
  in: 'header',
  names: { appKey: 'x-app', timestamp: 'x-time', nonce: 'x-nonce', signature: 'x-sign' },
  timestamp: 'epoch-ms',
  text: '{appKey}{timestamp}{nonce}',
  encoding: 'hex',
  ...part,
})

describe('credentialsOf', () => {
  it('writes Basic, Bearer and keys where they belong', () => {
    expect(
      credentialsOf({ kind: 'basic', user: 'u', passwordSecret: 'SIGN' }, request, io, secret).headers,
    ).toEqual({ authorization: `Basic ${btoa('u:s3cret')}` })
    expect(credentialsOf({ kind: 'bearer', tokenSecret: 'SIGN' }, request, io, secret).headers).toEqual({
      authorization: 'Bearer s3cret',
    })
    expect(
      credentialsOf({ kind: 'api-key', in: 'query', name: 'k', keySecret: 'KEY' }, request, io, secret),
    ).toEqual({ headers: {}, query: { k: 'app-1' } })
  })

  it('signs key, time and nonce by HMAC-SHA256', () => {
    const { headers } = credentialsOf(signed({}), request, io, secret)
    expect(headers['x-time']).toBe('1785997920000')
    expect(headers['x-nonce']).toMatch(/^[0-9a-f]{16}$/)
    expect(headers['x-sign']).toBe(
      createHmac('sha256', 's3cret').update(`app-11785997920000${headers['x-nonce']}`).digest('hex'),
    )
  })

  it('signs by a plain digest with the secret in the text, in capitals, in the query', () => {
    const auth = signed({
      algorithm: 'sha256',
      in: 'query',
      timestamp: 'YYYYMMDDHHmmss',
      names: { appKey: 'appid', timestamp: 't', signature: 'sign' },
      text: '{appKey}{timestamp}{secret}',
      encoding: 'HEX',
    })
    expect(credentialsOf(auth, request, io, secret).query).toEqual({
      appid: 'app-1',
      t: '20260806143200',
      sign: createHash('sha256').update('app-120260806143200s3cret').digest('hex').toUpperCase(),
    })
  })

  it('knows SM3: the digest of "abc" is the one printed in GB/T 32905 appendix A.1', () => {
    const auth = signed({ algorithm: 'sm3', text: 'abc' })
    expect(credentialsOf(auth, request, io, secret).headers['x-sign']).toBe(
      '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0',
    )
  })
})
