// Entering scores with two digits a person: which field is current, when a field is finished, and what each key does.
// A finished field is held for a moment before it is written, since `.5` may still follow: in the ledger 59 then 59.5 would be a correction.
import { computed, onScopeDispose, ref } from 'vue'
import type { ScoreResult } from '#contract/kinds/lesson.ts'
import { PARTS, type ScoreCell, type ScoreRow, type ScoreSheet } from '#client/stores/score-sheet.ts'
import type { ScoreCorrection } from '#client/stores/score-sheet-drafts.ts'
import { readScore, scoreText, type ScoreWords } from '#client/stores/score-sheet-text.ts'

const HOLD_MS = 1500

/** A key of the pad, on the screen or on a keyboard. */
export type ScoreKey = string

/** What stands in a field, as text. */
export function cellText(cell: ScoreCell, words: ScoreWords): string {
  if (cell.draft !== null) return cell.draft.text
  return resultText(cell.shown, words)
}

/** A result as text: points, or its word. */
export function resultText(result: ScoreResult | null, words: ScoreWords): string {
  if (result === null) return ''
  return 'word' in result ? (words[result.word][0] ?? '') : scoreText(result.scoreTenths)
}

/** Saying that a field is finished: read it, ask the law, write it. */
function useCommit(sheet: ScoreSheet, words: () => ScoreWords) {
  /** True when the field holds nothing that must be looked at. */
  function commit(key: string, correctionReason: ScoreCorrection | null = null): boolean {
    const found = sheet.at(key)
    const draft = found?.cell.draft ?? null
    if (found === undefined || draft === null || draft.stage === 'writing' || draft.stage === 'durable') return true
    const { name } = found.cell
    const reading = readScore(draft.text, words())
    if (reading.kind === 'empty') return drop(key)
    if (reading.kind !== 'result') {
      sheet.drafts.set(name, { text: draft.text, stage: 'no', no: reading.kind === 'no' ? reading.no : 'unfinished' })
      return false
    }
    const refusal = sheet.law(name, reading.result, correctionReason !== null)
    if (refusal !== null) {
      const asks = refusal.code === 'assessment/correction-reason-missing'
      sheet.drafts.set(name, { text: draft.text, result: reading.result, refusal, stage: asks ? 'asks' : 'refused' })
      return asks
    }
    void sheet.drafts.write(name, draft.text, reading.result, correctionReason)
    return true
  }
  function drop(key: string): true {
    const found = sheet.at(key)
    if (found !== undefined) sheet.drafts.set(found.cell.name, null)
    return true
  }
  return { commit, drop }
}

/** The order of the hand: down one column, then down the next. Fields that are closed are passed over. */
function useOrder(sheet: ScoreSheet) {
  const order = computed(() =>
    PARTS.flatMap((part) => sheet.rows.value.map((row) => row.cells[part])).filter(({ closed }) => closed === null),
  )
  const current = ref<string | null>(null)
  const indexOf = (key: string | null) => order.value.findIndex((cell) => cell.key === key)
  return {
    order,
    current,
    after: (key: string): string | null => order.value[indexOf(key) + 1]?.key ?? null,
    before: (key: string): string | null => order.value[indexOf(key) - 1]?.key ?? null,
    /** The nearest open field in a direction, or null at the edge. */
    beside(key: string, rows: number, columns: number): string | null {
      const all: readonly ScoreRow[] = sheet.rows.value
      const found = sheet.at(key)
      if (found === undefined) return null
      const part = PARTS[PARTS.indexOf(found.cell.name.part) + columns]
      if (part === undefined) return null
      for (let place = found.row.number - 1 + rows; place >= 0 && place < all.length; place += rows) {
        const cell = all[place]?.cells[part]
        if (cell?.closed === null) return cell.key
        if (rows === 0) return null
      }
      return null
    },
  }
}
type Order = ReturnType<typeof useOrder>

/** A field that looks finished waits here until the hand goes on or a moment has passed. */
function useHold(commit: (key: string) => boolean) {
  const held = ref<string | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  function release(): boolean {
    clearTimeout(timer)
    const key = held.value
    held.value = null
    return key === null || commit(key)
  }
  function hold(key: string): void {
    if (held.value !== null && held.value !== key) release()
    clearTimeout(timer)
    held.value = key
    timer = setTimeout(release, HOLD_MS)
  }
  /** The field is typed into again. */
  function forget(): void {
    clearTimeout(timer)
    held.value = null
  }
  onScopeDispose(release)
  return { held, hold, release, forget }
}
type Hold = ReturnType<typeof useHold>

/** Typing into a field: what can no longer become a score is said at once, a finished one is held and the hand goes on. */
function useTyping(
  sheet: ScoreSheet,
  words: () => ScoreWords,
  order: Order,
  holding: Hold,
  commit: (key: string) => boolean,
) {
  const { current, after } = order
  const { held, hold, release, forget } = holding

  function type(key: string, text: string): void {
    const found = sheet.at(key)
    if (found === undefined) return
    current.value = key
    if (held.value === key) forget()
    else release()
    const reading = readScore(text, words())
    const isLost = reading.kind === 'no' && reading.no !== 'not-a-number'
    sheet.drafts.set(found.cell.name, isLost ? { text, stage: 'no', no: reading.no } : { text, stage: 'typing' })
    // A recorded score is corrected with its reason: the hand says when it is finished.
    if (reading.kind !== 'result' || !reading.complete || found.cell.shown !== null) return
    if (sheet.law(found.cell.name, reading.result, true) !== null) return void commit(key)
    hold(key)
    current.value = after(key) ?? key
  }
  /** A decimal point in an empty field belongs to the score just typed. */
  function typePoint(key: string, digits: string): boolean {
    const back = held.value
    const text = back === null ? '' : (sheet.at(back)?.cell.draft?.text ?? '')
    const isEmpty = back === key || (sheet.at(key)?.cell.draft?.text ?? '') === ''
    if (back === null || !isEmpty || !/^\d{1,2}$/.test(text)) return false
    type(back, `${text}.${digits}`)
    return true
  }
  return { type, typePoint }
}

/** Going from field to field: by tap, by arrow, by "next". */
function useGoing(
  sheet: ScoreSheet,
  words: () => ScoreWords,
  order: Order,
  holding: Hold,
  commit: (key: string) => boolean,
) {
  const { current, after, beside } = order
  const draftOf = (key: string) => sheet.at(key)?.cell.draft ?? null
  const isEmptyCell = ({ shown, draft }: ScoreCell) => shown === null && draft === null

  /** The field is left: a whole score is written, `60.` is refused; one digit, which may be half a score, stays and is said to be open. */
  function leave(key: string): void {
    const draft = draftOf(key)
    if (draft?.stage !== 'typing' || key === holding.held.value) return
    const reading = readScore(draft.text, words())
    const isHalf = reading.kind === 'result' && !reading.complete
    if (!isHalf) commit(key)
  }
  function go(key: string): void {
    if (current.value === key) return
    if (current.value !== null) leave(current.value)
    if (key !== holding.held.value) holding.release()
    current.value = key
  }
  function next(): void {
    const key = current.value
    if (key === null) return
    const stage = draftOf(key)?.stage
    // What the law refused is said already: a second time means going on, and the text stays. What is no score has to be mended first.
    const wasSaid = stage === 'refused' || stage === 'asks'
    if (!wasSaid && !commit(key)) return
    const following = after(key)
    holding.release()
    if (following !== null) current.value = following
  }
  return {
    draftOf,
    leave,
    go,
    next,
    /** Begins at the first open field that holds nothing. */
    start(): void {
      current.value = order.order.value.find(isEmptyCell)?.key ?? null
    },
    move(rows: number, columns: number): void {
      const first = order.order.value[0]?.key ?? null
      const to = current.value === null ? first : beside(current.value, rows, columns)
      if (to !== null) go(to)
    },
  }
}

export function useScoreEntry(sheet: ScoreSheet, words: () => ScoreWords) {
  const { commit, drop } = useCommit(sheet, words)
  const order = useOrder(sheet)
  const { current, before } = order
  const holding = useHold(commit)
  const { type, typePoint } = useTyping(sheet, words, order, holding, commit)
  const going = useGoing(sheet, words, order, holding, commit)
  const { draftOf, next } = going

  function say(key: string, word: 'absent' | 'deferred'): void {
    const found = sheet.at(key)
    if (found === undefined) return
    holding.release()
    current.value = key
    sheet.drafts.set(found.cell.name, { text: words()[word][0] ?? '', stage: 'typing' })
    next()
  }
  function back(key: string): void {
    const draft = draftOf(key)
    if (draft !== null && draft.stage !== 'writing' && draft.text !== '') return type(key, draft.text.slice(0, -1))
    const previous = holding.held.value ?? before(key)
    if (previous === null) return
    if (previous === holding.held.value) holding.forget()
    current.value = previous
  }
  /** Any key of the pad. */
  function press(pressed: ScoreKey): void {
    const key = current.value ?? order.order.value[0]?.key ?? null
    if (key === null) return
    current.value = key
    if (pressed === 'next') return next()
    if (pressed === 'back') return back(key)
    if (pressed === 'absent' || pressed === 'deferred') return say(key, pressed)
    if (pressed === '100') return type(key, '100')
    if (pressed.startsWith('.') && typePoint(key, pressed.slice(1))) return
    const draft = draftOf(key)
    type(key, `${draft?.stage === 'typing' ? draft.text : ''}${pressed}`)
  }
  const { leave, go, move, start } = going
  return {
    ...{ current, held: holding.held, release: holding.release },
    ...{ start, go, leave, move, next },
    ...{ type, typePoint, say, back, press, commit, drop },
  }
}

export type ScoreEntry = ReturnType<typeof useScoreEntry>
