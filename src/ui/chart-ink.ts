const tokens = [
  'bg-0',
  'bg-1',
  'bg-3',
  'line-1',
  'line-2',
  'ink-1',
  'ink-2',
  'ink-3',
  'ink-4',
  'acc',
  'worse',
  's1',
  's2',
  's3',
  's4',
  's5',
] as const
export type ChartInk = Record<(typeof tokens)[number], string> & { font: string }

/** The tokens as values: a chart cannot read CSS variables, so they are resolved at mount and when the theme changes. */
export function chartInk(root: Element = document.documentElement): ChartInk {
  const style = getComputedStyle(root)
  const read = (name: string): string => style.getPropertyValue(name).trim()
  const colours = Object.fromEntries(tokens.map((token) => [token, read(`--${token}`)]))
  return { ...colours, font: read('--font') } as ChartInk
}

/** What every chart has in common: no animation, no legend, hairlines on y only, labels in ink-3. */
export function chartTheme(ink: ChartInk, fontPx: number): Record<string, unknown> {
  const label = { color: ink['ink-3'], fontFamily: ink.font, fontSize: fontPx }
  return {
    animation: false,
    backgroundColor: 'transparent',
    color: [ink.s1, ink.s2, ink.s3, ink.s4, ink.s5],
    textStyle: { color: ink['ink-2'], fontFamily: ink.font, fontSize: fontPx },
    categoryAxis: axis(label, {
      axisLine: { show: true, lineStyle: { color: ink['line-2'] } },
      splitLine: { show: false },
    }),
    timeAxis: axis(label, {
      axisLine: { show: true, lineStyle: { color: ink['line-2'] } },
      splitLine: { show: false },
    }),
    valueAxis: axis(label, { axisLine: { show: false }, splitLine: { lineStyle: { color: ink['line-1'] } } }),
    line: { smooth: false, showSymbol: false, connectNulls: false },
    tooltip: {
      backgroundColor: ink['bg-3'],
      borderColor: ink['line-2'],
      borderRadius: 6,
      textStyle: { color: ink['ink-1'], fontFamily: ink.font, fontSize: Math.max(12.5, fontPx) },
    },
  }
}

function axis(axisLabel: object, rest: object): object {
  return { axisLabel, axisTick: { show: false }, ...rest }
}
