// What a proof of a ledger can find.

/** What is wrong, at the first place in the order of positions; `position` is null for an entry that has none (refused or held). */
export interface LedgerFlaw {
  readonly position: number | null
  readonly deviceId: string | null
  readonly seq: number | null
  readonly flaw: 'altered' | 'missing' | 'inserted' | 'moved' | 'head-unsigned' | 'not-an-entry' | 'state-differs'
}
