// The first half of the histories of the small run.
import { testHistories } from './many-histories.ts'

testHistories(1, 1500)
