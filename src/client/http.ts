import axios, { AxiosError, type AxiosInstance } from 'axios'
import type { Problem } from '../domain/wire.ts'
import { uniqueId } from './unique-id.ts'

/** What the gateway (or the way to it) did wrong, in one sentence; `problem` when it answered RFC 9457. */
export class GatewayError extends Error {
  readonly problem: Problem | undefined
  readonly status: number | undefined
  constructor(message: string, status?: number, problem?: Problem) {
    super(message)
    this.name = 'GatewayError'
    this.status = status
    this.problem = problem
  }
}

/** The one axios instance of the app. Addresses are relative, so the app runs under any origin. */
export const http: AxiosInstance = axios.create({
  timeout: 15_000,
  headers: { Accept: 'application/json, application/problem+json' },
  // A gateway answers JSON only; a proxy's HTML page must fail here, not as an undefined field later.
  transitional: { silentJSONParsing: false },
  responseType: 'json',
})

http.interceptors.request.use((request) => {
  request.headers.set('X-Request-Id', uniqueId())
  return request
})

http.interceptors.response.use(undefined, (error: unknown) => {
  throw asGatewayError(error)
})

/** Any failure of a request as a sentence: the problem's detail first, else its title, else how the way failed. */
export function asGatewayError(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error
  if (!(error instanceof AxiosError))
    return new GatewayError(error instanceof Error ? error.message : String(error))
  const answer = error.response
  if (answer) {
    const problem = isProblem(answer.data) ? answer.data : undefined
    const fields = problem?.errors?.map((item) => `${item.path}: ${item.message}`).join('; ')
    const sentence = [problem?.detail ?? problem?.title ?? `the gateway answered ${answer.status}`, fields]
      .filter(Boolean)
      .join(' — ')
    return new GatewayError(sentence, answer.status, problem)
  }
  if (error.code === AxiosError.ECONNABORTED) return new GatewayError('the gateway did not answer in time')
  return new GatewayError('the gateway cannot be reached')
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'title' in body && typeof body.title === 'string'
}
