import { bringUpToDate } from '../../../scripts/build.mjs'
import ownFolder from '../../support/own-folder.ts'
import { findGraphics, WAY_VARIABLE } from './graphics.ts'

/** Once before all browser tests: the build, their temporary folder, and the way to WebGL, told to the workers through their environment. */
export default async function prepare(): Promise<() => void> {
  await bringUpToDate((line) => process.stderr.write(`${line}\n`))
  const { way, renderer } = await findGraphics()
  process.env[WAY_VARIABLE] = way
  process.stdout.write(`WebGL by ${way}: ${renderer}\n`)
  return ownFolder()
}
