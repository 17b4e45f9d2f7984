import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { addAccountAdmin } from './admin/accounts.ts'
import { addAgencyAdmin } from './admin/agencies.ts'
import { addCalendarAdmin } from './admin/calendar.ts'
import { addDeadLetterAdmin } from './admin/dead-letters.ts'
import { addReformAdmin } from './admin/reforms.ts'
import { addSystemAdmin } from './admin/systems.ts'
import { addVxpAdmin } from './admin/vxp.ts'
import { addWebhookAdmin } from './webhook.ts'

/** What an operator does; the token must be that of an operator's system. */
export function addAdminCommands(program: Command, context: () => Context): void {
  const admin = program.command('admin').description("administer the hub; needs an operator's token")
  addAccountAdmin(admin, context)
  addAgencyAdmin(admin, context)
  addReformAdmin(admin, context)
  addSystemAdmin(admin, context)
  addDeadLetterAdmin(admin, context)
  addCalendarAdmin(admin, context)
  addVxpAdmin(admin, context)
  addWebhookAdmin(admin, context)
}
