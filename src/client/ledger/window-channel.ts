// How windows of this browser hear of each other's writes.
import type { WindowChannel, WindowMessage } from './journal-lock.ts'

/** Opens the channel of a name; a message reaches every other window that opened it, never its sender. */
export function openWindowChannel(name: string): WindowChannel {
  const channel = new BroadcastChannel(name)
  return {
    post: (message) => channel.postMessage(message),
    listen(onMessage) {
      const listener = (event: MessageEvent<WindowMessage>): void => onMessage(event.data)
      channel.addEventListener('message', listener)
      return () => channel.removeEventListener('message', listener)
    },
  }
}
