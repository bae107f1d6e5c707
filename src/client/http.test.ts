import { AxiosError, AxiosHeaders, type InternalAxiosRequestConfig } from 'axios'
import { afterEach, describe, expect, it } from 'vitest'
import { asGatewayError, http } from './http.ts'

const config = { headers: new AxiosHeaders() } as InternalAxiosRequestConfig
const adapter = http.defaults.adapter!

function refused(status: number, data: unknown): AxiosError {
  return new AxiosError('refused', 'ERR_BAD_REQUEST', config, null, {
    status,
    data,
    statusText: '',
    headers: {},
    config,
  })
}

afterEach(() => {
  http.defaults.adapter = adapter
})

describe('asGatewayError', () => {
  it('says what the problem says, field by field', () => {
    const error = asGatewayError(
      refused(422, {
        type: 'about:blank',
        title: 'Invalid',
        status: 422,
        detail: 'the command is not valid',
        errors: [{ path: 'payload.result', message: 'is empty' }],
      }),
    )
    expect(error.message).toBe('the command is not valid — payload.result: is empty')
    expect(error.status).toBe(422)
  })

  it('keeps a proxy page out of the sentence', () => {
    expect(asGatewayError(refused(502, '<html>Bad Gateway</html>')).message).toBe('the gateway answered 502')
  })

  it('tells a slow gateway from an absent one', () => {
    expect(asGatewayError(new AxiosError('x', AxiosError.ECONNABORTED)).message).toContain('in time')
    expect(asGatewayError(new AxiosError('x', AxiosError.ERR_NETWORK)).message).toContain('cannot be reached')
  })
})

describe('http', () => {
  it('gives every request an id of its own', async () => {
    const ids: unknown[] = []
    http.defaults.adapter = async (request) => {
      ids.push(request.headers.get('X-Request-Id'))
      return { data: {}, status: 200, statusText: 'OK', headers: {}, config: request }
    }
    await http.get('/api/catalogue')
    await http.get('/api/catalogue')
    expect(new Set(ids).size).toBe(2)
    expect(ids[0]).toMatch(/^[0-9a-f]{32}$/)
  })
})
