import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { table } from '../output.ts'
import { readEvidenceFolder } from '../verify/evidence-folder.ts'
import { type RepeatedVerdicts, repeatVerdicts } from '../verify/repeat-verdicts.ts'
import type { Words } from '../words.ts'

export function addVerifyEvidence(verify: Command, context: () => Context): void {
  verify
    .command('evidence')
    .description('repeat the verdicts of the hub from what `document evidence` saved')
    .argument('<folder>')
    .option('--envelope <file>', 'the envelope as it was received, where the folder has none')
    .action((folder, options) => run(context(), folder, options.envelope))
}

async function run(context: Context, name: string, envelope: string | undefined): Promise<void> {
  const folder = await readEvidenceFolder(context.file(name), envelope && context.file(envelope))
  const outcome = await repeatVerdicts(folder)
  context.answer(outcome, () => lines(outcome, context.words))
  if (!outcome.sameEnvelope || outcome.verdicts.some(({ equal }) => !equal)) context.exit(exitCodes.refused)
}

function lines({ sameEnvelope, verdicts }: RepeatedVerdicts, words: Words): string[] {
  if (!sameEnvelope) return [words.say('otherEnvelope')]
  const rows = verdicts.map(({ of, first, again, equal }) => [
    `  ${of === 'seal' ? words.say('seal') : of}`,
    `${words.verdict(first.verdict)} [${first.code}]`,
    equal ? words.say('asBefore') : `${words.say('now')}: ${words.verdict(again.verdict)} [${again.code}]`,
  ])
  return [words.say(verdicts.every(({ equal }) => equal) ? 'repeatedSame' : 'repeatedOther'), ...table(rows)]
}
