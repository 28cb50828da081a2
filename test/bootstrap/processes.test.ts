import { describe, expect, it } from 'vitest'
import { runInForeground } from '../../src/bootstrap/processes.mjs'

const endedBy = (signal: string) =>
  runInForeground(process.execPath, ['-e', `process.kill(process.pid, '${signal}'); setTimeout(() => {}, 10000)`])

describe('a program in the foreground', () => {
  it('passes its exit code on', async () => {
    expect(await runInForeground(process.execPath, ['-e', 'process.exit(7)'])).toBe(7)
  })

  it('answers a code, never NaN, when it was ended from outside', async () => {
    expect(await endedBy('SIGKILL')).toBe(137)
    expect(await endedBy('SIGTERM')).toBe(143)
  })
})
