import type { Reading, Refusal } from '../domain/reading.ts'
import type { Warning } from '../domain/warning.ts'

/** An official warning as its issuer told it, or the id of one that was cancelled. */
export type WarningWord = { record: Warning } | { cancel: string }

/** What one question was answered with. */
export interface Page {
  readings: Reading[]
  refusals: Refusal[]
  warnings?: WarningWord[]
}

/** One indicator on a source that is followed. */
export interface Subscription<M> {
  key: string
  mapping: M
}

/** What came since the last delivery, of any of the subscriptions. */
export interface Delivery {
  pages: { key: string; readings: Reading[]; refusals: Refusal[] }[]
  warnings?: WarningWord[]
  /** Where to go on from after a restart, once this delivery is durable. */
  cursor?: string
  /** Readings given up since the last delivery, because more came than could be taken. */
  dropped?: number
}
