// How a name is spelled in Latin letters, for searching by sound. Computed once, when a person is registered.
import { pinyin } from 'pinyin-pro'

const OPTIONS = { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true } as const

/** The spelling without tones, syllables apart as in the catalogue, and the first letters, e.g. `shan jian guo` and `sjg`; surnames are read as surnames. */
export function soundsOf(name: string): { readonly pinyin: string; readonly initials: string } {
  const syllables = pinyin(name, { ...OPTIONS, surname: 'head' })
    .map((syllable) => syllable.toLowerCase().replace(/[^a-z0-9]/g, ''))
    .filter((syllable) => syllable !== '')
  return { pinyin: syllables.join(' '), initials: syllables.map((syllable) => syllable.charAt(0)).join('') }
}
