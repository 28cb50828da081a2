import { makeMemoryStore } from '#server/storage/memory/memory-store.ts'
import { describeLedgerStore } from './ledger-store.suite.ts'

describeLedgerStore('memory', async () => ({ store: makeMemoryStore(), reopen: null }))
