// The second half of the histories of the small run.
import { testHistories } from './many-histories.ts'

testHistories(1501, 3000)
