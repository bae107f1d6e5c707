import { join, resolve } from 'node:path'
import { build } from 'vite'

/** A protocol's file as its author would ship it: one .mjs with everything it needs. Answers its path. */
export async function bundled(file: string, folder: string): Promise<string> {
  const name = file.slice(file.lastIndexOf('/') + 1).replace(/\.ts$/, '.mjs')
  await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: resolve(import.meta.dirname, '../..', file),
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: name } },
    },
  })
  return join(folder, name)
}
