import { oneOf } from '../chance.ts'
import { industries } from '../places.ts'
import { featureOf, numbered, pointAt } from './feature.ts'
import { dealt, placeBeside } from './scatter.ts'
import { standing } from './statement.ts'

const homes = dealt(60)

/** Sixty invented enterprises; `sector` is a code of the indicators' dimension `industry`. */
export const enterprises = standing((seed) =>
  homes.map((region, index) => {
    const id = numbered('enterprise-', index + 1, 3)
    return featureOf('enterprises', id, pointAt(placeBeside(seed, region, 6_000, 'geo', id)), {
      name: numbered('示意企业', index + 1, 3),
      region,
      sector: oneOf(seed, industries, 'geo', id, 'sector'),
    })
  }),
)
