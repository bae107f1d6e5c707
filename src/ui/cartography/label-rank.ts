/** Who stays when two labels meet, highest first; names of places and figures of the theme stand between. */
export const labelRank = {
  incident: 100,
  warning: 97,
  selected: 95,
  hazard: 92,
  trouble: 85,
  force: 80,
  shelter: 65,
  figure: 60,
  facility: 45,
  note: 35,
  name: 28,
  street: 20,
  lake: 10,
} as const
