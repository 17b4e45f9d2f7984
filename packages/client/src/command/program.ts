import { Command, Option } from 'commander'
import { addAckCommand } from './commands/ack.ts'
import { addAdminCommands } from './commands/admin.ts'
import { addAgenciesCommand } from './commands/agencies.ts'
import { addChangeCommands } from './commands/changes.ts'
import { addComposeCommand } from './commands/compose.ts'
import { addConformanceCommand } from './commands/conformance.ts'
import { addDoctorCommand } from './commands/doctor.ts'
import { addDocumentCommand } from './commands/document.ts'
import { addFetchCommand } from './commands/fetch.ts'
import { addInboxCommand } from './commands/inbox.ts'
import { addLateCommand } from './commands/late.ts'
import { addReceiptCommands } from './commands/receipt.ts'
import { addRelayCommand } from './commands/relay.ts'
import { addSendCommands } from './commands/send.ts'
import { addSignCommand } from './commands/sign.ts'
import { addStatusCommand } from './commands/status.ts'
import { addTakeBackCommand } from './commands/take-back.ts'
import { addThreadCommand } from './commands/thread.ts'
import { addTrustCommands } from './commands/trust.ts'
import { addVerifyCommands } from './commands/verify.ts'
import { addWebhookCommand } from './commands/webhook.ts'
import { type Context, createContext, type GlobalOptions, type Terminal } from './context.ts'
import { languageOf, type Words, wordsIn } from './words.ts'

/** Adds one command; the context is made when the command runs, once the options are known. */
export type AddCommand = (program: Command, context: () => Context) => void

const commands: readonly AddCommand[] = [
  addComposeCommand,
  addSignCommand,
  addSendCommands,
  addInboxCommand,
  addFetchCommand,
  addAckCommand,
  addStatusCommand,
  addDocumentCommand,
  addTakeBackCommand,
  addChangeCommands,
  addThreadCommand,
  addLateCommand,
  addAgenciesCommand,
  addReceiptCommands,
  addVerifyCommands,
  addWebhookCommand,
  addRelayCommand,
  addConformanceCommand,
  addDoctorCommand,
  addAdminCommands,
  addTrustCommands,
]

export function createProgram(terminal: Terminal): { readonly program: Command; readonly words: () => Words } {
  const program = new Command('docaxis')
    .description('Sends, fetches and proves official documents through a docaxis hub')
    .option('--json', 'print the answer as JSON')
    .addOption(new Option('--lang <language>', 'language of the answers').choices(['vi', 'en']))
    .option('--url <url>', 'address of the hub (DOCAXIS_URL)')
    .option('--as <code>', 'act as this agency of the demo hub on this machine')
    .addHelpText('after', exitCodeHelp)
    .exitOverride()
  const context = () => createContext(terminal, program.opts<GlobalOptions>())
  for (const add of commands) add(program, context)
  return { program, words: () => wordsIn(program.opts<GlobalOptions>().lang ?? languageOf(terminal.env)) }
}

const exitCodeHelp = `
Settings: DOCAXIS_URL, DOCAXIS_TOKEN, DOCAXIS_DATA_DIR, DOCAXIS_ALGORITHM_ENDS_FILE
Exit codes: 0 done or valid, 1 refused or not valid, 2 wrong usage or configuration,
            3 not decided yet or try later, 4 hub not reachable`
