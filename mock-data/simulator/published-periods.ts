/**
 * Periods whose figure has really been published (grade A rows of mock-data/facts/changchun.csv) for series that the
 * simulator also makes. It leaves them out: an invented value never takes the place of a published one.
 */
export const publishedPeriods: ReadonlySet<string> = new Set([
  'MAC.GDP.TOTAL|220100|2025-Q2',
  'MAC.GDP.GROWTH|220100|2025-Q2',
  'MAC.GDP.GROWTH|220100|2024-Q4',
  'MAC.ENE.MONTH|220100|2016-01',
])
