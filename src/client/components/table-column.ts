/** One column of a DataTable. `narrow` says what becomes of it where each row is a card. */
export interface TableColumn<Row> {
  readonly key: string
  readonly label: string
  readonly align?: 'start' | 'end' | undefined
  readonly value?: ((row: Row) => string | number) | undefined
  readonly narrow?: 'title' | 'show' | 'hide' | undefined
  readonly hideLabel?: boolean | undefined
}
