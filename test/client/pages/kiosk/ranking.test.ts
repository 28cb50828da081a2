// Making a ranking of wishes: with and without a card, offline, after a reset, and by one person after another.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useKiosk } from '#client/stores/kiosk.ts'
import { useOwnCard } from '#client/stores/own-card.ts'
import { wishesStream } from '#contract/streams.ts'
import { traineeIdOf } from '../../support/test-class.ts'
import { COOK, ELECTRICIAN, SEWING, startKioskTablet, WELDER, wish } from './kiosk-tablet.ts'
import type { KioskTablet } from './kiosk-tablet.ts'

let desk: KioskTablet
let kiosk: ReturnType<typeof useKiosk>
let own: ReturnType<typeof useOwnCard>

beforeEach(async () => {
  desk = await startKioskTablet()
  kiosk = useKiosk()
  own = useOwnCard()
})
afterEach(() => desk.stop())

async function open(index: number): Promise<void> {
  const { number, code } = desk.slipOf(index)
  expect(await own.open(number, code)).toEqual({ ok: true })
}
function leave(): void {
  own.close()
  kiosk.startOver()
}

describe('a ranking', () => {
  it('takes three, not four, none twice, the same skill at another level', () => {
    expect([SEWING, SEWING, wish('sewing-worker', 4), COOK, WELDER].map((one) => kiosk.add(one))).toEqual([
      'added',
      'there',
      'added',
      'added',
      'full',
    ])
    expect(kiosk.wishes).toEqual([SEWING, wish('sewing-worker', 4), COOK])
    expect(kiosk.rankOf(COOK)).toBe(3)
    expect(kiosk.rankOf(WELDER)).toBe(0)
  })

  it('moves within its ends and lets go', () => {
    for (const one of [SEWING, COOK, WELDER]) kiosk.add(one)
    kiosk.move(2, -1)
    expect(kiosk.wishes).toEqual([SEWING, WELDER, COOK])
    kiosk.move(0, -1)
    kiosk.move(2, 1)
    expect(kiosk.wishes).toEqual([SEWING, WELDER, COOK])
    kiosk.remove(0)
    expect(kiosk.wishes).toEqual([WELDER, COOK])
  })

  it('is registered by the person himself, counts as registered at once, and is taken back by an empty one', async () => {
    await open(1)
    for (const one of [SEWING, COOK]) kiosk.add(one)
    expect(kiosk.touched).toBe(true)
    const recorded = await kiosk.register()
    expect(recorded?.ok && recorded.entries[0]?.entry).toMatchObject({
      actorId: traineeIdOf(1),
      role: 'trainee',
      body: { wishes: [SEWING, COOK] },
    })
    expect(kiosk).toMatchObject({ touched: false, registered: [SEWING, COOK], wishes: [SEWING, COOK] })
    kiosk.move(0, 1)
    kiosk.move(1, -1)
    expect(kiosk.touched).toBe(false)
    kiosk.rank([])
    expect(kiosk.touched).toBe(true)
    expect(await kiosk.register()).toMatchObject({ ok: true })
    expect(kiosk).toMatchObject({ touched: false, registered: [], wishes: [] })
  })

  it('is not written twice by two taps', async () => {
    await open(1)
    kiosk.add(SEWING)
    const [first, second] = await Promise.all([kiosk.register(), kiosk.register()])
    expect([first?.ok, second]).toEqual([true, null])
    expect(desk.tablet.joined.ledger.ownWork().ownCount).toBe(1)
  })
})

describe('what was registered', () => {
  it('offline is there when the card is opened again, and still there once the site has it', async () => {
    desk.network.fate = 'lost'
    await open(1)
    for (const one of [SEWING, COOK, WELDER]) kiosk.add(one)
    await kiosk.register()
    leave()
    await open(1)
    await vi.waitUntil(() => kiosk.wishes.length === 3)
    expect(kiosk).toMatchObject({ wishes: [SEWING, COOK, WELDER], touched: false })

    desk.network.fate = 'arrives'
    await desk.tablet.joined.sync.syncNow()
    expect(desk.tablet.joined.ledger.ownWork().unsentCount).toBe(0)
    leave()
    await open(1)
    expect(own.card?.wishes).toEqual([SEWING, COOK, WELDER])
    expect(kiosk).toMatchObject({ wishes: [SEWING, COOK, WELDER], touched: false })
  })

  it('stays on the screen while it travels: the card that is open is older than it', async () => {
    await open(1)
    kiosk.add(SEWING)
    await kiosk.register()
    await desk.tablet.joined.sync.syncNow()
    await vi.waitUntil(
      async () => (await desk.tablet.joined.ledger.state('wishes', wishesStream(traineeIdOf(1)))).changes === 0,
    )
    expect(own.card?.wishes).toEqual([])
    expect(kiosk).toMatchObject({ wishes: [SEWING], registered: [SEWING], touched: false })
  })

  it('keeps its place when somebody chooses more before saying who he is', async () => {
    await open(1)
    for (const one of [SEWING, COOK]) kiosk.add(one)
    await kiosk.register()
    leave()
    kiosk.add(COOK)
    kiosk.add(ELECTRICIAN)
    await open(1)
    await vi.waitUntil(() => kiosk.registered.length === 2)
    expect(kiosk).toMatchObject({ wishes: [SEWING, COOK, ELECTRICIAN], left: [], touched: true })
    kiosk.remove(2)
    expect(kiosk).toMatchObject({ wishes: [SEWING, COOK], left: [], touched: false })
  })

  it('of three is never pushed out: what finds no place waits beside it', async () => {
    await open(1)
    for (const one of [SEWING, COOK, WELDER]) kiosk.add(one)
    await kiosk.register()
    leave()
    kiosk.add(ELECTRICIAN)
    await open(1)
    await vi.waitUntil(() => kiosk.registered.length === 3)
    expect(kiosk).toMatchObject({ wishes: [SEWING, COOK, WELDER], left: [ELECTRICIAN], touched: false })
    expect(kiosk.add(ELECTRICIAN)).toBe('full')
    kiosk.remove(1)
    expect(kiosk.left).toEqual([ELECTRICIAN])
    expect(kiosk.add(ELECTRICIAN)).toBe('added')
    expect(kiosk).toMatchObject({ wishes: [SEWING, WELDER, ELECTRICIAN], left: [] })
  })

  it('for a skill this tablet does not know is kept; registering with it is refused in the law’s words', async () => {
    await open(1)
    const unknown = wish('long-gone')
    own.card = own.card && { ...own.card, wishes: [unknown, SEWING] }
    expect(kiosk.wishes).toEqual([unknown, SEWING])
    kiosk.move(0, 1)
    expect(await kiosk.register()).toMatchObject({ ok: false, refusal: { code: 'catalogue/occupation-unknown' } })
    expect(kiosk.wishes).toEqual([SEWING, unknown])
    kiosk.remove(1)
    expect(await kiosk.register()).toMatchObject({ ok: true })
  })
})

describe('one person after another', () => {
  it('finds nothing of the one before, not even when he never said that he was done', async () => {
    await open(1)
    kiosk.add(SEWING)
    kiosk.query = '缝纫'
    await open(2)
    expect(own.card?.traineeId).toBe(traineeIdOf(2))
    expect(kiosk).toMatchObject({ wishes: [], left: [], registered: [], touched: false, query: '' })
  })

  it('is not given the card of one who went away while it was opening', async () => {
    const { number, code } = desk.slipOf(1)
    const opening = own.open(number, code)
    own.close()
    expect(await opening).toEqual({ ok: false, code: 'given-up' })
    expect([own.card, desk.tablet.core.cardActor.value]).toEqual([null, null])
    const first = own.open(number, code)
    await open(2)
    expect(await first).toEqual({ ok: false, code: 'given-up' })
    expect(own.card?.traineeId).toBe(traineeIdOf(2))
  })

  it('does not have his ranking touched by a registration of the one before that ends late', async () => {
    await open(1)
    kiosk.add(SEWING)
    const late = kiosk.register()
    await open(2)
    kiosk.add(COOK)
    expect(await late).toBe(null)
    expect(kiosk).toMatchObject({ wishes: [COOK], registered: [], touched: true, registering: false })
    expect((await desk.tablet.joined.ledger.state('wishes', wishesStream(traineeIdOf(2)))).wishes).toEqual([])
  })
})
