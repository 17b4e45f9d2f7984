import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { addAnchorCommands } from './trust/anchors.ts'
import { addAuthorityCommands } from './trust/authorities.ts'
import { addCertificateCommands } from './trust/certificates.ts'
import { addCrlCommands } from './trust/crls.ts'
import { addHeldCommands } from './trust/held.ts'
import { addMandateCommands } from './trust/mandates.ts'
import { addOutlookCommands } from './trust/outlook.ts'
import { addRequestCommands } from './trust/requests.ts'

/** Whom the hub believes, and who holds which certificate; the token must be that of an operator's system. */
export function addTrustCommands(program: Command, context: () => Context): void {
  const trust = program.command('trust').description("anchors, authorities, certificates; needs an operator's token")
  addAnchorCommands(trust, context)
  addRequestCommands(trust, context)
  addAuthorityCommands(trust, context)
  addCrlCommands(trust, context)
  addCertificateCommands(trust, context)
  addMandateCommands(trust, context)
  addHeldCommands(trust, context)
  addOutlookCommands(trust, context)
}
