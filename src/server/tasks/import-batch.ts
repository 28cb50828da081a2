// Imports a file a tablet made, and writes the answer for the way back.
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { BATCH_FILE_BYTES_MAX } from '#contract/batch-file.ts'
import { importBatchFile } from '#server/exchange/batch-file/import-file.ts'
import type { ServerContext } from '#server/ledger/server-context.ts'
import type { TaskReport } from './task-report.ts'
import { batchFileMessages } from './batch-file-messages.template.ts'

interface Wanted {
  readonly file: string
  readonly answer: string | null
  readonly onlyTry: boolean
}

function wantedOf(args: readonly string[]): Wanted | null {
  const rest: string[] = []
  let answer: string | null = null
  let onlyTry = false
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] ?? ''
    if (word === '--try') onlyTry = true
    else if (word === '--answer') {
      at += 1
      answer = args[at] ?? ''
    } else rest.push(word)
  }
  const [file, ...more] = rest
  return file === undefined || file.startsWith('-') || more.length > 0 || answer === ''
    ? null
    : { file, answer, onlyTry }
}

/** Reads the file; null when there is none, and nothing of one that is too large to be one. */
function bytesOf(file: string): Uint8Array | 'too-large' | null {
  try {
    const found = statSync(file)
    if (!found.isFile()) return null
    return found.size > BATCH_FILE_BYTES_MAX ? 'too-large' : readFileSync(file)
  } catch {
    return null
  }
}

// Under another name until every byte lies on the medium: a stick pulled out too early holds no half file under the right name.
function writeAnswer(file: string, bytes: Uint8Array): boolean {
  try {
    writeFileSync(`${file}.new`, bytes, { flush: true })
    renameSync(`${file}.new`, file)
    const folder = openSync(dirname(file), 'r')
    fsyncSync(folder)
    closeSync(folder)
    return true
  } catch {
    return false
  }
}

/** Runs the task: `FILE [--answer FILE] [--try]`. Without `--answer` no answer is written; importing the same file again makes another. */
export async function importBatchTask(context: ServerContext, args: readonly string[]): Promise<TaskReport> {
  const wanted = wantedOf(args)
  if (wanted === null) return { ok: false, sentence: batchFileMessages.usage(), facts: { code: 'usage' } }
  const bytes = bytesOf(wanted.file)
  if (bytes === null) return { ok: false, sentence: batchFileMessages.noFile(wanted.file), facts: { code: 'no-file' } }
  const outcome =
    bytes === 'too-large'
      ? { ok: false as const, problem: { code: 'batch-file-too-large' as const } }
      : await importBatchFile(context, bytes, { onlyTry: wanted.onlyTry })
  if (!outcome.ok) {
    const { code } = outcome.problem
    return { ok: false, sentence: batchFileMessages.refused(code), facts: { code } }
  }
  const { report, answer } = outcome.value
  const { deviceLabel: _label, problem, written, ...figures } = report
  const facts = { ...figures, problem }
  const isSafe = wanted.answer === null || answer === null || writeAnswer(wanted.answer, answer.bytes)
  if (!isSafe)
    return {
      ok: false,
      sentence: batchFileMessages.answerNotWritten(),
      facts: { ...facts, code: 'answer-not-written' },
    }
  const answerFile = answer === null ? null : wanted.answer
  return {
    ok: problem === null,
    sentence: batchFileMessages.imported(
      { ...figures, written },
      problem,
      answerFile === null ? null : (answer?.fileName ?? null),
    ),
    facts: { ...facts, answerFile, ...(problem === null ? {} : { code: problem }) },
  }
}
