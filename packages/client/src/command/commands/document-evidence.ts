import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { EvidenceView } from '../../answers.ts'
import { ApiProblem } from '../../api-problem.ts'
import type { Context } from '../context.ts'
import { fileNameOf } from '../printable.ts'

/** As certificates, lists, OCSP responses and time stamps are called elsewhere. */
const extensions = { certificate: 'cer', crl: 'crl', ocsp: 'ors', token: 'tst' } as const

export const verdictsFile = 'verdicts.json'
export const envelopeFile = 'envelope.xml'

/** Name of a piece of evidence in its folder. */
export function evidenceFile({ sha256, kind }: EvidenceView['items'][number]): string {
  return fileNameOf(sha256, extensions[kind])
}

/** Saves verdicts with everything that they rest on; the sender gets the envelope, too. */
export async function saveEvidence(context: Context, id: string, out: string): Promise<void> {
  const client = await context.client()
  const folder = context.file(out)
  const evidence = await client.evidence(id)
  await mkdir(folder, { recursive: true })
  for (const item of evidence.items) {
    await writeFile(join(folder, evidenceFile(item)), await client.evidencePiece(id, item.sha256))
  }
  const envelope = await envelopeOf(context, id)
  if (envelope) await writeFile(join(folder, envelopeFile), envelope)
  await writeFile(join(folder, verdictsFile), `${JSON.stringify(evidence, null, 2)}\n`)

  const { words } = context
  const answer = { folder, pieces: evidence.items.length, envelope: envelope !== undefined }
  context.answer(answer, () => [
    `${words.say('written')}: ${context.shown(folder)}`,
    `${words.say(envelope ? 'nextVerify' : 'nextVerifyReceived')} ${context.shown(folder)}`,
  ])
}

/** A receiver has it from its mailbox. */
async function envelopeOf(context: Context, id: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const transport = await context.transport()
  try {
    const response = await transport.send({ path: `/documents/${encodeURIComponent(id)}/envelope` })
    return new Uint8Array(await response.arrayBuffer())
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return undefined
    throw error
  }
}
