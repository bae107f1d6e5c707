import { bringUpToDate } from '../../scripts/build.mjs'

/** Tests that start the gateway start the built one; building once, before all of them, keeps them from racing. */
export default async function setup(): Promise<void> {
  await bringUpToDate((line) => process.stderr.write(`${line}\n`))
}
