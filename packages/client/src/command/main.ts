import { exitCodeOf } from './exit-codes.ts'
import { failureLines } from './failure.ts'
import { printable } from './printable.ts'
import { createProgram } from './program.ts'

let outcome = 0
const { program, words } = createProgram({
  env: process.env,
  cwd: process.cwd(),
  write: text => process.stdout.write(text),
  tell: text => process.stderr.write(text),
  exit: code => {
    outcome = code
  },
})

try {
  await program.parseAsync(process.argv)
} catch (error) {
  outcome = exitCodeOf(error)
  for (const line of failureLines(error, words())) process.stderr.write(`${printable(line)}\n`)
}
process.exitCode = outcome
