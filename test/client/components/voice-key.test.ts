// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import VoiceKey from '#client/components/VoiceKey.vue'
import { allByRole, byRole, mountWithMessages } from '#test/client/components/mount-with-messages.ts'

interface Spoken {
  readonly text: string
  lang: string
  onend: (() => void) | null
  onerror: (() => void) | null
}

const spoken: Spoken[] = []

/** The voice of a device: happy-dom has none, so this one keeps what it was asked to say. */
function installVoice() {
  spoken.length = 0
  const listeners: (() => void)[] = []
  Object.assign(globalThis, {
    SpeechSynthesisUtterance: class {
      lang = ''
      onend = null
      onerror = null
      readonly text: string
      constructor(text: string) {
        this.text = text
      }
    },
    speechSynthesis: {
      getVoices: () => [{ lang: 'zh-CN', localService: true, name: 'test' }],
      addEventListener: (_: string, listener: () => void) => listeners.push(listener),
      speak: (utterance: Spoken) => spoken.push(utterance),
      cancel: () => {},
    },
  })
}

const sentences = ['手要稳，眼要细。', '不怕慢，就怕返工。']
const props = { sentences, label: '念给我听', wide: true }

describe('voice key', () => {
  it('is not there without a voice on the device', () => {
    mountWithMessages(VoiceKey, { props })
    expect(allByRole('button')).toEqual([])
  })

  it('reads sentence by sentence and says which one, then that it is over', async () => {
    installVoice()
    const key = mountWithMessages(VoiceKey, { props })
    byRole('button', '念给我听').click()
    await nextTick()
    expect(byRole('button', '停下：念给我听').getAttribute('aria-pressed')).toBe('true')
    expect(document.body.textContent).toContain('第 1 句，共 2 句')
    spoken.at(-1)?.onend?.()
    spoken.at(-1)?.onend?.()
    await nextTick()
    expect(spoken.map((utterance) => [utterance.text, utterance.lang])).toEqual(
      sentences.map((text) => [text, 'zh-CN']),
    )
    expect(key.emitted('sentence')).toEqual([[0], [1], [null]])
    expect(byRole('button', '念给我听')).toBeDefined()
  })

  it('stops when it is pressed again', async () => {
    installVoice()
    const key = mountWithMessages(VoiceKey, { props })
    byRole('button', '念给我听').click()
    await nextTick()
    byRole('button', '停下：念给我听').click()
    expect(key.emitted('sentence')?.at(-1)).toEqual([null])
    spoken.at(-1)?.onend?.()
    expect(spoken).toHaveLength(1)
  })

  it('falls silent when another key starts or its page is left', async () => {
    installVoice()
    const first = mountWithMessages(VoiceKey, { props })
    mountWithMessages(VoiceKey, { props: { ...props, label: '听下一段' } })
    byRole('button', '念给我听').click()
    await nextTick()
    byRole('button', '听下一段').click()
    await nextTick()
    expect(first.emitted('sentence')?.at(-1)).toEqual([null])
    // The first sentence of the silenced key may still end late: it must not go on with its second.
    spoken[0]?.onend?.()
    expect(spoken).toHaveLength(2)
    expect(byRole('button', '停下：听下一段')).toBeDefined()
  })
})
