// The keyboard of the roll call: arrows move over rows and keys, Q W E R set the four marks of the row. One key of the list takes part in Tab.
import { nextTick, type Ref, ref } from 'vue'
import type { AttendanceMark } from '#contract/kinds/lesson.ts'

/** The exceptions in the order of their keys. */
export const EXCEPTIONS = ['absent', 'late', 'leftEarly', 'excused'] as const satisfies readonly AttendanceMark[]
export type ExceptionMark = (typeof EXCEPTIONS)[number]

const LETTERS: Readonly<Record<string, ExceptionMark>> = { q: 'absent', w: 'late', e: 'leftEarly', r: 'excused' }

/** Where the keyboard stands: a row and one of its four keys. */
export interface KeyPlace {
  readonly row: number
  readonly key: number
}

interface KeyParts {
  readonly root: Ref<HTMLElement | null>
  readonly rowCount: () => number
  readonly press: (row: number, mark: ExceptionMark) => void
}

export function useRollCallKeys({ root, rowCount, press }: KeyParts) {
  const place = ref<KeyPlace>({ row: 0, key: 0 })

  function go(row: number, key: number): void {
    const inside = (value: number, count: number) => Math.min(Math.max(value, 0), count - 1)
    place.value = { row: inside(row, rowCount()), key: inside(key, EXCEPTIONS.length) }
    const { row: toRow, key: toKey } = place.value
    void nextTick(() => root.value?.querySelector<HTMLElement>(`[data-place="${toRow}/${toKey}"]`)?.focus())
  }
  function onKeydown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const { row, key } = place.value
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => go(row + 1, key),
      ArrowUp: () => go(row - 1, key),
      ArrowRight: () => go(row, key + 1),
      ArrowLeft: () => go(row, key - 1),
      Home: () => go(0, key),
      End: () => go(rowCount() - 1, key),
    }
    const mark = LETTERS[event.key.toLowerCase()]
    const move = moves[event.key]
    if (move === undefined && mark === undefined) return
    event.preventDefault()
    if (mark === undefined) move?.()
    else press(row, mark)
  }
  return { place, onKeydown, at: (row: number, key: number): void => void (place.value = { row, key }) }
}
