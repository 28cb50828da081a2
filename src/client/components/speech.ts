// Reading aloud with the voices of the device. One thing is read at a time; a second key stops the first.
import { computed, type ComputedRef, ref, shallowRef } from 'vue'

const voices = shallowRef<readonly SpeechSynthesisVoice[]>([])
/** Browsers hand the list over late: until then nothing is known of it. */
const LIST_COMES_MS = 2000
const listIsHere = ref(false)
let listening = false

function synthesis(): SpeechSynthesis | undefined {
  return typeof speechSynthesis === 'undefined' ? undefined : speechSynthesis
}

function listenForVoices(): void {
  const synth = synthesis()
  if (!synth || listening) return
  listening = true
  const update = () => {
    voices.value = synth.getVoices()
    if (voices.value.length > 0) listIsHere.value = true
  }
  setTimeout(() => {
    listIsHere.value = true
  }, LIST_COMES_MS)
  update()
  synth.addEventListener?.('voiceschanged', update)
}

function sameLanguage(voice: SpeechSynthesisVoice, lang: string): boolean {
  const spoken = voice.lang.replace('_', '-').toLowerCase()
  const wanted = lang.toLowerCase()
  return spoken === wanted || (spoken.split('-')[0] === wanted.split('-')[0] && !/-(hk|mo)$/.test(spoken))
}

/** The voice for a language, preferring one on the device, or undefined when none is installed. */
export function useVoice(lang: () => string): ComputedRef<SpeechSynthesisVoice | undefined> {
  listenForVoices()
  return computed(() => {
    const fitting = voices.value.filter((voice) => sameLanguage(voice, lang()))
    return fitting.find((voice) => voice.localService) ?? fitting[0]
  })
}

/** Whether this device has no voice for a language; false while that is not known. */
export function useVoiceMissing(lang: () => string): ComputedRef<boolean> {
  const voice = useVoice(lang)
  return computed(() => voice.value === undefined && (listIsHere.value || synthesis() === undefined))
}

/** Who is being read now: a key compares this with its own token. */
export const speaker = ref<symbol | null>(null)

export interface Reading {
  readonly token: symbol
  readonly sentences: readonly string[]
  readonly lang: string
  readonly voice: SpeechSynthesisVoice
  /** Told the number of the sentence that begins, and null when the reading is over. */
  readonly onSentence: (index: number | null) => void
}

let active: Reading | undefined

function finish(reading: Reading): void {
  if (active !== reading) return
  active = undefined
  speaker.value = null
  reading.onSentence(null)
}

/** Reads the sentences one by one. Each is its own utterance, so that the page can mark it. */
export function readAloud(reading: Reading): void {
  const synth = synthesis()
  if (!synth) return
  stopReading()
  active = reading
  speaker.value = reading.token
  const from = (index: number) => {
    const sentence = reading.sentences[index]
    if (active !== reading) return
    if (sentence === undefined) return finish(reading)
    const utterance = new SpeechSynthesisUtterance(sentence)
    utterance.lang = reading.lang
    utterance.voice = reading.voice
    utterance.rate = 0.9
    utterance.onend = () => from(index + 1)
    utterance.onerror = () => finish(reading)
    reading.onSentence(index)
    synth.speak(utterance)
  }
  from(0)
}

/** Stops whatever is being read, and tells the one who asked for it. */
export function stopReading(): void {
  if (active) finish(active)
  synthesis()?.cancel()
}
