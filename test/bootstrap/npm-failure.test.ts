import { describe, expect, it } from 'vitest'
import { messages } from '../../src/bootstrap/messages.mjs'
import { explainNpmFailure } from '../../src/bootstrap/npm-failure.mjs'

const packages = { zh: '依赖', en: 'the packages' }

describe('what npm says becomes one sentence that tells what to do', () => {
  it.each([
    ['no network', 'npm error code ENOTFOUND\nnpm error network request failed', messages.noNetwork(packages)],
    [
      'a full disk',
      'npm error code ENOSPC\nnpm error nospc ENOSPC: no space left on device',
      messages.noSpace(packages),
    ],
    ['no permission', 'npm error code EACCES\nnpm error syscall mkdir', messages.noPermission(packages)],
    [
      'a lock file out of step',
      'npm error code EUSAGE\nnpm error Missing: vue@3 from lock file',
      messages.lockOutOfStep(),
    ],
  ])('%s', (_, text, sentence) => {
    expect(explainNpmFailure({ code: 1, text }, packages)).toBe(sentence)
  })

  it('npm itself is missing', () => {
    expect(explainNpmFailure({ code: 127, text: 'spawn npm ENOENT' }, packages)).toBe(messages.noNpm())
  })

  it('an unknown failure keeps the words of npm', () => {
    const said = explainNpmFailure(
      { code: 1, text: 'npm warn old\nnpm error code EINTEGRITY\nnpm error sha512 differs' },
      packages,
    )
    expect(said.split('\n')).toEqual([
      'npm error code EINTEGRITY',
      'npm error sha512 differs',
      ...messages.fetchFailed(packages).split('\n'),
    ])
  })
})
