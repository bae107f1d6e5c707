import { EnuFrame } from './enu-frame.ts'

/** Positions above which the conversion leaves the page's own thread: some ten milliseconds. */
export const WORKER_FROM = 50_000

export interface PositionJob {
  origin: { longitude: number; latitude: number }
  /** Degrees: longitude, latitude, longitude, … */
  lonLats: Float64Array
}

/** ENU metres on the ellipsoid, three for each pair of degrees. */
export function enuPositions({ origin, lonLats }: PositionJob): Float32Array<ArrayBuffer> {
  const frame = new EnuFrame(origin.longitude, origin.latitude)
  const metres = new Float32Array((lonLats.length / 2) * 3)
  for (let at = 0; at * 2 < lonLats.length; at++)
    metres.set(frame.project(lonLats[at * 2]!, lonLats[at * 2 + 1]!), at * 3)
  return metres
}

/**
 * As enuPositions, in a worker of its own where there are many. The degrees given are left as they are. Where a browser lets
 * no worker run, the page does it: a pause is better than a city without streets.
 */
export async function convertPositions(job: PositionJob): Promise<Float32Array> {
  if (job.lonLats.length / 2 <= WORKER_FROM) return enuPositions(job)
  return await inWorker(job).catch(() => enuPositions(job))
}

async function inWorker(job: PositionJob): Promise<Float32Array> {
  const worker = new Worker(new URL('./enu-worker.ts', import.meta.url), { type: 'module' })
  try {
    return await new Promise<Float32Array>((resolve, reject) => {
      worker.addEventListener('message', ({ data }: MessageEvent<Float32Array>) => resolve(data))
      worker.addEventListener('error', ({ message }) =>
        reject(new Error(`positions could not be converted: ${message}`)),
      )
      worker.postMessage(job)
    })
  } finally {
    worker.terminate()
  }
}
