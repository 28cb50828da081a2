import { describe, expect, it } from 'vitest'
import { isFit } from '../../src/bootstrap/runtime.mjs'

describe('a fit Node strips types and has Node-API 10', () => {
  it.each([
    ['18.20.8', '9', false],
    ['20.20.2', '9', false],
    ['22.17.1', '10', false],
    ['22.18.0', '10', true],
    ['23.5.0', '10', false],
    ['23.6.0', '10', true],
    ['24.0.0', '10', true],
    ['24.21.0', '9', false],
    ['26.1.0', '11', true],
  ])('Node %s with Node-API %s: %s', (version, napi, fit) => {
    expect(isFit(version, napi)).toBe(fit)
  })
})
