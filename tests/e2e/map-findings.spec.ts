import { bareNumbers } from './support/figure-law.ts'
import { expect, test } from './support/gateway.ts'
import { featuresOf, incidentsOf, look, openMap } from './support/map-page.ts'

test('what lies in protected land is an incident by itself, once for each pair, with its owner on the desk', async ({
  page,
}) => {
  await openMap(page, '2d')
  await page.locator('[data-tool="conflicts"]').click()
  const rows = page.locator('[data-conflict]')
  await expect(rows.first()).toBeVisible({ timeout: 15_000 })
  const ofRule = async () =>
    (await incidentsOf(page)).filter(({ finding }) => finding?.rule === 'protected-overlap')
  await expect.poll(async () => (await ofRule()).length - (await rows.count()), { timeout: 30_000 }).toBe(0)
  const found = await ofRule()
  expect(new Set(found.map(({ finding }) => finding!.features.join()))).toHaveProperty('size', found.length)
  for (const { finding } of found) expect(finding!.squareMetres).toBeGreaterThanOrEqual(1)

  const [first] = found
  const state = page.locator(`[data-finding="${first!.incident}"]`)
  await expect(state).toHaveAttribute('data-stage', first!.stage)
  await state.getByRole('button').click()
  const card = page.locator(`[data-card="incident:${first!.incident}"]`)
  await expect(card).toContainText(first!.stage === 'reported' ? '受理' : '处置')
  await page.locator(`[data-found="${first!.finding!.features[0]}"]`).click()
  await expect(page.locator(`[data-card="${first!.finding!.features[0]}"]`)).toBeVisible()
  expect(await bareNumbers(page)).toEqual([])

  await page.goto('/desk')
  await expect(page.getByRole('option').filter({ hasText: first!.title })).toContainText('市规')
})

test('a spot the rule is not sure of is raised by one press, on whichever screen, and then says its number and stage', async ({
  page,
  context,
}) => {
  await openMap(page, '2d')
  const spots = await featuresOf(page, 'change-spots')
  const raised = async (id: string) =>
    (await incidentsOf(page)).filter(({ finding }) => finding?.features.includes(`change-spots/${id}`))
  const confidence = (one: (typeof spots)[number]): number => Number(one.properties['confidence'])
  const sure = spots.filter((one) => confidence(one) >= 0.95 && one.properties['state'] !== 'dismissed')
  for (const { id } of sure) await expect.poll(async () => (await raised(id)).length).toBe(1)
  const spot = spots.find((one) => confidence(one) < 0.95 && one.properties['state'] !== 'dismissed')!

  const other = await context.newPage()
  await openMap(other, '2d')
  const press = '[data-finding] [data-raise]'
  for (const screen of [page, other]) {
    await look(screen, spot.properties.name)
    await screen.keyboard.press('Enter')
    await expect(screen.locator(press)).toBeVisible()
  }
  // Both hands lie on the button before either presses: a button may be gone once the other screen's press is told.
  const buttons = await Promise.all([page, other].map((screen) => screen.locator(press).elementHandle()))
  await Promise.all(buttons.map((button) => button.dispatchEvent('click')))
  for (const screen of [page, other])
    await expect(screen.locator('[data-finding][data-stage="reported"]')).toContainText(/FND-\w+ · 受理/)
  const [incident, ...more] = await raised(spot.id)
  expect(more).toEqual([])
  expect(incident!.finding).toMatchObject({ rule: 'change-spot', confidence: confidence(spot) })
  await page.locator('[data-finding] [data-incident]').click()
  await expect(page.locator(`[data-card="incident:${incident!.incident}"]`)).toBeVisible()
  expect(await bareNumbers(page)).toEqual([])
})
