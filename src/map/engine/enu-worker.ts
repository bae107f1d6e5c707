import { type PositionJob, enuPositions } from './enu-positions.ts'

addEventListener('message', ({ data }: MessageEvent<PositionJob>) => {
  const metres = enuPositions(data)
  postMessage(metres, { transfer: [metres.buffer] })
})
