import { flatten, safeParse } from 'valibot'
import type { Panel } from '../contracts/panel.ts'

export type Access =
  | { state: 'open'; options: Record<string, unknown> }
  | { state: 'invalid'; reason: string }
  | { state: 'no-permission'; missing: string[] }

/**
 * Whether this viewer gets this panel: the scene's options must pass the panel's own schema, and every indicator it
 * cannot do without must be in the catalogue the gateway gave this viewer.
 */
export function panelAccess(
  panel: Panel,
  options: Record<string, unknown>,
  catalogue: ReadonlyMap<string, unknown>,
): Access {
  const parsed = safeParse(panel.options, options)
  if (!parsed.success) return { state: 'invalid', reason: reasonsOf(parsed.issues) }
  const missing = panel.indicators(parsed.output).filter((code) => !catalogue.has(code))
  if (missing.length > 0) return { state: 'no-permission', missing }
  return { state: 'open', options: parsed.output as Record<string, unknown> }
}

function reasonsOf(issues: Parameters<typeof flatten>[0]): string {
  const { root = [], nested = {} } = flatten(issues) as { root?: string[]; nested?: Record<string, string[]> }
  return [
    ...root,
    ...Object.entries(nested).map(([path, messages]) => `${path}: ${messages.join(', ')}`),
  ].join('; ')
}
