/**
 * Seed of the demo city unless SEED says otherwise. Any text works; this one gives the reference instant of the design
 * pages (2026-08-06 14:32) rain, two warnings, an overdue incident and a target missed, so that every state can be seen.
 */
export const demoSeed = 'changchun-1766'
