/** One open connection. Reading to the end, leaving the loop or `close` ends it; what breaks it off is a SourceError. */
export interface ByteStream {
  chunks: AsyncIterable<Uint8Array>
  /** Resolves when the system has taken the bytes: nobody need have read them. */
  write(bytes: Uint8Array): Promise<void>
  close(): void
}
