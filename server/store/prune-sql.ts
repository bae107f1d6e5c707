/**
 * Rows of these sources whose period ended before a moment, but for what must go on standing: the newest of each series and
 * source, and the last sequence, which the numbering goes on from. Both engines read this; they differ in how a parameter is written.
 */
export function pruneSql({ sources, before }: { sources: string; before: string }): string {
  return `DELETE FROM observations AS o WHERE ${sources} AND o.period_end <= ${before}
    AND o.sequence < (SELECT max(sequence) FROM observations)
    AND NOT EXISTS (
      SELECT 1 FROM (
        SELECT s.series, s.period_start, s.period_end, s.revision,
          row_number() OVER (PARTITION BY s.series, s.source ORDER BY s.period_end DESC, s.period_start DESC) AS newest
        FROM (
          SELECT r.series, r.source, r.period_start, r.period_end, r.revision,
            row_number() OVER (PARTITION BY r.series, r.period_start, r.period_end ORDER BY r.revision DESC) AS standing
          FROM observations r) s
        WHERE s.standing = 1) k
      WHERE k.newest = 1 AND k.series = o.series AND k.period_start = o.period_start
        AND k.period_end = o.period_end AND k.revision = o.revision)`
}

/** The month's beginning in UTC: what is removed is removed by whole months. */
export function monthOf(instantMs: number): number {
  const at = new Date(instantMs)
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1)
}
