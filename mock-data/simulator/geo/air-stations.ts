import { airStations as keys } from '../places.ts'
import { featureOf, pointAt } from './feature.ts'
import { placeBeside } from './scatter.ts'
import { standing } from './statement.ts'

/** Seven stations in the districts of the town, three further out; the keys are those of ECO.AIR.STATION. */
const homes = [
  '220104',
  '220102',
  '220103',
  '220105',
  '220106',
  '220102',
  '220104',
  '220112',
  '220113',
  '220184',
] as const

export const airStations = standing((seed) =>
  keys.map((station, index) => {
    const region = homes[index]!
    return featureOf(
      'air-stations',
      `air-${station}`,
      pointAt(placeBeside(seed, region, 4_000, 'geo', 'air', station)),
      {
        name: `监测点 ${station}`,
        region,
        station,
      },
    )
  }),
)
