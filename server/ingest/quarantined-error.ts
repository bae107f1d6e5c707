import { SourceError } from '../../src/contracts/indicator-adapter.ts'

/** The adapter is kept from running until it, or the city, is changed: asking again is of no use. */
export class QuarantinedError extends SourceError {
  constructor(message: string) {
    super(message)
    this.name = 'QuarantinedError'
  }
}
