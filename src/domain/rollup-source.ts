/** Under which a rolled-up figure stands where a source's id would: the units told it, this system added it up. */
export const rollupSource = {
  id: 'rollup',
  name: { zh: '下级单位汇总(本系统计算)', en: 'Made here from the units below' },
}
