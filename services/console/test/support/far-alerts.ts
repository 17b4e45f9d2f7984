import { createSecretBox } from '@docaxis/store'
import { createDestination, createRule, insertTrial } from '@docaxis/store/console'
import { plainRule } from '@docaxis/testkit'
import { signedIn, type TestConsole } from './test-console.ts'

export type FarAlert = 'alert-rule' | 'alert-destination' | 'alert-message'

let made = 0

/** A name that only an answer that shows the far province's alerts can hold. */
export const farAlertMark = 'Alerts of the far province'

/** One of an account of its own each time, since it is removed and changed. @returns its id */
export async function farAlert(hub: TestConsole, of: FarAlert): Promise<string> {
  const { database } = hub
  made += 1
  const scope = { subtrees: ['H98'] }
  const { accountId } = await signedIn(hub, { role: 'operator', scope, login: `far-alerts-${made}` })
  const destination = await createDestination(database, createSecretBox(Buffer.alloc(32)), accountId, {
    name: farAlertMark,
    target: { kind: 'mail', from: 'a@hub.example', to: ['b@hub.example'] },
    connection: { kind: 'mail', host: 'mail.example', port: 25, security: 'starttls' },
  })
  switch (of) {
    case 'alert-destination':
      return destination
    case 'alert-message':
      return insertTrial(database, destination, { title: farAlertMark, text: farAlertMark, link: null })
    case 'alert-rule':
      return createRule(database, accountId, { ...plainRule, destinationId: destination, name: farAlertMark })
  }
}
