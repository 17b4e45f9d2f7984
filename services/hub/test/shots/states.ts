import { passwordOf } from '../support/console-visit.ts'
import { changeStates } from './change-states.ts'
import { ask, type ConsoleState, press } from './console-state.ts'
import { verifyStates } from './verify-states.ts'

/** Follows the letter of the demo whose subject this is part of. */
const letter = (subject: string) => press(`.subject:has-text("${subject}")`, '.stations')

/** Pages that somebody has to do something for. No test opens them: what happens there is tested where it belongs. */
export const consoleStates: readonly ConsoleState[] = [
  {
    name: 'sign-in-wrong',
    path: '/',
    reach: async page => {
      await page.fill('input[autocomplete=username]', 'viewer-h99')
      await page.fill('input[type=password]', 'wrong')
      await press('button[type=submit]', '.fault:not(:empty)')(page)
    },
  },
  { name: 'no-such-page', path: '/nowhere', as: 'operator' },
  { name: 'now-table', path: '/', as: 'operator', reach: press('.block-head .quiet', '.table') },
  { name: 'now-clerk', path: '/', as: 'viewer-h99' },
  { name: 'documents-filters', path: '/documents', as: 'operator', reach: press('summary', 'details[open]') },
  { name: 'documents-late', path: '/documents?standing=late', as: 'viewer-h99' },
  { name: 'document', path: '/documents', as: 'operator', reach: letter('Trồng rừng phòng hộ') },
  { name: 'document-clerk', path: '/documents', as: 'viewer-g99', reach: letter('kiểm tra an toàn bến phà') },
  { name: 'document-refused', path: '/documents', as: 'operator', reach: letter('cung cấp số liệu vườn cây') },
  {
    name: 'document-ask',
    path: '/documents',
    as: 'operator',
    reach: async page => {
      await letter('Trồng rừng phòng hộ')(page)
      await ask('.page')(page)
    },
  },
  { name: 'document-unknown', path: '/documents/000000000000000000000000', as: 'operator' },
  { name: 'agencies-found', path: '/agencies?q=may%20trang', as: 'directory' },
  { name: 'agencies-none', path: '/agencies?q=khong-co', as: 'directory' },
  { name: 'agency-outside', path: '/agencies/G98', as: 'viewer-h99.32.05' },
  { name: 'agency-token', path: '/agencies/H99', as: 'directory', reach: ask('#systems') },
  {
    name: 'agency-token-once',
    path: '/agencies/H99.32.06',
    as: 'directory',
    reach: async page => {
      await ask('#systems')(page)
      await press('dialog[open] button[type=submit]', '.once .secret')(page)
    },
  },
  { name: 'agency-calls', path: '/agencies/H99', as: 'directory', reach: press('#systems summary', 'details[open]') },
  { name: 'agency-system', path: '/agencies/G97', as: 'directory', reach: ask('#systems', 3) },
  { name: 'agency-limits', path: '/agencies/H99', as: 'directory', reach: ask('#limits') },
  { name: 'agency-certificate', path: '/agencies/H99', as: 'directory', reach: ask('#certificates', 1) },
  { name: 'agency-mandate', path: '/agencies/H99', as: 'directory', reach: ask('#mandates') },
  ...changeStates,
  { name: 'trust-ended', path: '/trust?days=ended', as: 'trust' },
  {
    name: 'trust-what-if',
    path: '/trust',
    as: 'trust',
    reach: press('#authorities tbody a', '#what-if tbody tr'),
  },
  { name: 'reports-levels', path: '/reports?by=level', as: 'operator' },
  {
    name: 'register-filled',
    path: '/reports/register',
    as: 'operator',
    reach: async page => {
      await page.selectOption('.register-month select', { index: 0 })
      await page.waitForSelector('.register .table')
    },
  },
  { name: 'alert-rule', path: '/alerts', as: 'administrator', reach: press('#rules tbody a', '.button.danger') },
  {
    name: 'alert-destination',
    path: '/alerts',
    as: 'administrator',
    reach: press('#destinations tbody a', '.button.danger'),
  },
  {
    name: 'account-code',
    path: '/settings/account',
    as: 'official-h99',
    reach: async (page, hub) => {
      const part = page.locator('.part').nth(1)
      await part.locator('input').fill(await passwordOf(hub, 'official-h99'))
      await part.locator('button').click()
      await page.waitForSelector('.qr')
    },
  },
  { name: 'person', path: '/settings/people', as: 'administrator', reach: press('.table tbody a', '.form') },
  { name: 'break-glass-auditor', path: '/break-glass', as: 'auditor' },
  { name: 'help-none', path: '/help?q=khong-co-ma-nay' },
  { name: 'help-unknown', path: '/help/NO_SUCH_CODE' },
  { name: 'verify', path: '/verify' },
  ...verifyStates,
  { name: 'verify-signed-in', path: '/verify', as: 'operator' },
]
