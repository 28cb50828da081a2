// Bugs about numbers and hashes of a device's chain.
import type { SourceMutant } from './source-mutant.ts'

const family = 'chain'

export const CHAIN: readonly SourceMutant[] = [
  {
    family,
    name: 'does not look how far the journals came after a write that failed',
    edits: [
      {
        file: 'src/client/ledger/client-ledger.ts',
        find: 'await appendToAll(parts.journals, chained.rows) } catch (thrown) { await memory.reload(true)',
        replace: `await appendToAll(parts.journals, chained.rows)
  } catch (thrown) {`,
      },
    ],
  },
  {
    family,
    name: 'goes on after the end of the first journal alone',
    edits: [
      {
        file: 'src/client/ledger/ledger-memory.ts',
        find: 'head = await readHead(mayWrite ? await readable(journals, device.epoch) : [journals[0]], device.epoch)',
        replace: 'void readable, mayWrite; head = await readHead([journals[0]], device.epoch)',
      },
    ],
  },
  {
    family,
    name: 'leaves one entry out where it makes the journals level',
    edits: [
      {
        file: 'src/client/ledger/record-entry.ts',
        find: 'const missing = (await longest?.read(epoch, (lengths[index] ?? 0) + 1)) ?? []',
        replace: 'const missing = (await longest?.read(epoch, (lengths[index] ?? 0) + 2)) ?? []',
      },
    ],
  },
  {
    family,
    name: 'keeps the old head of a chain when a single entry comes',
    edits: [
      {
        file: 'src/server/ledger/accept-batch.ts',
        find: 'await moveChain(tx, batch)',
        replace: 'if (news.length > 1) await moveChain(tx, batch)',
      },
    ],
  },
  {
    family,
    name: 'signs a head of its own that counts one entry too many',
    edits: [
      {
        file: 'src/server/ledger/append-as-server.ts',
        find: 'const count = drafts.length',
        replace: 'const count = drafts.length + 1',
      },
    ],
  },
]
