import { readFile, writeFile } from 'node:fs/promises'
import { signEnvelope } from '@docaxis/signature'
import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { readSigner, type SignerOptions } from '../signer.ts'

interface SignOptions extends SignerOptions {
  readonly output?: string
}

export function addSignCommand(program: Command, context: () => Context): void {
  program
    .command('sign')
    .description('seal an edXML file with the key of an agency')
    .argument('<file>')
    .option('--key <file>', 'private key, PEM; or PKCS#12 (.p12, .pfx) with key and certificate')
    .option('--cert <file>', 'certificate, PEM, intermediates after it')
    .option('--password <text>', 'password of the key; better: DOCAXIS_KEY_PASSWORD')
    .option('-o, --output <file>', 'default: the file itself')
    .action((name, options) => sign(context(), name, options))
}

async function sign(context: Context, name: string, options: SignOptions): Promise<void> {
  const source = context.file(name)
  const target = options.output === undefined ? source : context.file(options.output)
  const signed = signEnvelope(await readFile(source), await readSigner(context, options))
  await writeFile(target, signed)
  context.answer({ file: target, sizeBytes: signed.length }, () => [
    `${context.words.say('signed')}: ${context.shown(target)}`,
  ])
}
