/** Every page of the console, and the states it can be in: for the tests that look at all of them, and for screenshots. */
export interface ConsoleVisit {
  /** Also the name of the screenshot. */
  readonly name: string
  readonly path: string
  /** Login of `users.json`; nobody is signed in without. */
  readonly as?: string
}

export const consoleVisits: readonly ConsoleVisit[] = [
  { name: 'sign-in', path: '/' },
  { name: 'sign-in-refused', path: '/?sign-in=refused' },
  { name: 'now', path: '/', as: 'operator' },
  { name: 'documents', path: '/documents', as: 'operator' },
  { name: 'documents-none', path: '/documents?q=kh%C3%B4ng-c%C3%B3&needs=stuck', as: 'viewer-h99' },
  { name: 'dead-letters', path: '/dead-letters', as: 'operator' },
  { name: 'agencies', path: '/agencies', as: 'directory' },
  { name: 'agencies-open', path: '/agencies?open=level-central,level-province,H99,H99.32', as: 'directory' },
  { name: 'agencies-closed', path: '/agencies?state=closed', as: 'directory' },
  { name: 'agency', path: '/agencies/H99', as: 'directory' },
  { name: 'agency-closed', path: '/agencies/H99.31', as: 'viewer-h99' },
  { name: 'agency-requests', path: '/agencies/requests', as: 'directory' },
  { name: 'agency-requests-none', path: '/agencies/requests?state=refused', as: 'directory' },
  { name: 'agency-import', path: '/agencies/import', as: 'directory' },
  { name: 'reforms', path: '/agencies/reform', as: 'directory' },
  { name: 'reform-file', path: '/agencies/reform?new=file', as: 'directory' },
  { name: 'reform-form', path: '/agencies/reform?new=form', as: 'directory' },
  { name: 'trust', path: '/trust', as: 'trust' },
  { name: 'reports', path: '/reports', as: 'operator' },
  { name: 'reports-agencies', path: '/reports?by=agency', as: 'viewer-h99' },
  { name: 'reports-none', path: '/reports?from=2020-01&to=2020-03', as: 'viewer-h99' },
  { name: 'register', path: '/reports/register?history=H99', as: 'operator' },
  { name: 'alerts', path: '/alerts', as: 'administrator' },
  { name: 'alerts-none', path: '/alerts?state=failed', as: 'operator' },
  { name: 'alert-rule-new', path: '/alerts/rules/new', as: 'administrator' },
  { name: 'alert-destination-new', path: '/alerts/destinations/new', as: 'administrator' },
  { name: 'settings', path: '/settings', as: 'administrator' },
  { name: 'account', path: '/settings/account', as: 'viewer-h99' },
  { name: 'people', path: '/settings/people', as: 'administrator' },
  { name: 'person-new', path: '/settings/people/new', as: 'administrator' },
  { name: 'audit', path: '/audit', as: 'auditor' },
  { name: 'audit-empty', path: '/audit?actor=user:nobody', as: 'auditor' },
  { name: 'break-glass', path: '/break-glass', as: 'auditor' },
  { name: 'help', path: '/help' },
  { name: 'help-found', path: '/help?q=thu%20hoi' },
  { name: 'help-topic', path: '/help/SIGNATURE_UNPROVEN' },
  { name: 'no-permission', path: '/audit', as: 'viewer-h99' },
]
