/** A server that runs on loopback for tests: where it is, what it lets in by, and its process. */
export interface Running {
  address: string
  /** User, password, database, token … of this loopback server. */
  settings: Record<string, string>
  pid: number
}

/** How a real server is started for tests. Each file of this folder that exports a `service` is one. */
export interface Service {
  id: string
  /** Debian packages it comes from. */
  packages: readonly string[]
  /** Undefined when it can run here, else the reason it cannot. */
  missing(): string | undefined
  /** Detached, on free ports of loopback. The same folder again is the same server again: its data and its ports. */
  start(folder: string): Promise<Running>
}
