import type { FunctionComponent } from 'preact'
import type { Bilingual } from './language.tsx'
import type { IconName } from './parts/icon.tsx'
import type { Role } from './session.ts'

export interface PageProps {
  /** What stands in the places of the page's path. */
  readonly params: Readonly<Record<string, string>>
}

export interface Page {
  /** `/documents/:id`; `services/console/src/page-routes.ts` answers the same paths. */
  readonly path: string
  readonly title: Bilingual
  /** For the navigation, where the title is too long. */
  readonly short?: Bilingual
  /** Who is shown it; what it shows is decided by the interface, not here. */
  readonly may: readonly Role[]
  /** Its place in the navigation; absent for pages that others lead to. */
  readonly icon?: IconName
  /** Loaded when somebody goes there. */
  readonly load: () => Promise<FunctionComponent<PageProps>>
}

export const everyRole: readonly Role[] = [
  'viewer',
  'auditor',
  'operator',
  'directory',
  'trust',
  'administrator',
  'official',
]

/** Who keeps the directory. */
export const managers: readonly Role[] = ['directory', 'administrator']

/** In the order of the navigation. The first that a person may see is where they come in. */
export const pages: readonly Page[] = [
  {
    path: '/',
    title: { vi: 'Hiện tại', en: 'Now' },
    may: everyRole,
    icon: 'now',
    load: async () => (await import('./now/now-page.tsx')).NowPage,
  },
  {
    path: '/documents',
    title: { vi: 'Văn bản', en: 'Documents' },
    may: everyRole,
    icon: 'documents',
    load: async () => (await import('./documents/documents-page.tsx')).DocumentsPage,
  },
  {
    path: '/documents/:id',
    title: { vi: 'Văn bản', en: 'Document' },
    may: everyRole,
    load: async () => (await import('./document/document-page.tsx')).DocumentPage,
  },
  {
    path: '/dead-letters',
    title: { vi: 'Bước xử lý bị bỏ dở', en: 'Steps that were given up' },
    may: everyRole,
    load: async () => (await import('./dead-letters/dead-letters-page.tsx')).DeadLettersPage,
  },
  {
    path: '/agencies',
    title: { vi: 'Danh mục cơ quan', en: 'Directory' },
    short: { vi: 'Cơ quan', en: 'Directory' },
    may: everyRole,
    icon: 'agencies',
    load: async () => (await import('./agencies/agencies-page.tsx')).AgenciesPage,
  },
  {
    path: '/agencies/:code',
    title: { vi: 'Cơ quan', en: 'Agency' },
    may: everyRole,
    load: async () => (await import('./agency/agency-page.tsx')).AgencyPage,
  },
  {
    path: '/agencies/requests',
    title: { vi: 'Đề nghị của hệ thống', en: 'Requests of systems' },
    may: managers,
    load: async () => (await import('./directory-changes/requests-page.tsx')).RequestsPage,
  },
  {
    path: '/agencies/import',
    title: { vi: 'Nhập danh mục', en: 'Import the directory' },
    may: managers,
    load: async () => (await import('./directory-changes/import-page.tsx')).ImportPage,
  },
  {
    path: '/agencies/reform',
    title: { vi: 'Sắp xếp cơ quan', en: 'Reforms' },
    may: managers,
    load: async () => (await import('./directory-changes/reform-page.tsx')).ReformPage,
  },
  {
    path: '/trust',
    title: { vi: 'Tin cậy', en: 'Trust' },
    may: everyRole,
    icon: 'trust',
    load: async () => (await import('./trust/trust-page.tsx')).TrustPage,
  },
  {
    path: '/reports',
    title: { vi: 'Báo cáo', en: 'Reports' },
    may: everyRole,
    icon: 'reports',
    load: async () => (await import('./reports/reports-page.tsx')).ReportsPage,
  },
  {
    path: '/reports/register',
    title: { vi: 'Số liệu sổ văn bản', en: 'Register totals' },
    may: everyRole,
    load: async () => (await import('./register/register-page.tsx')).RegisterPage,
  },
  {
    path: '/alerts',
    title: { vi: 'Cảnh báo', en: 'Alerts' },
    may: ['operator', 'administrator'],
    icon: 'alerts',
    load: async () => (await import('./alerts/alerts-page.tsx')).AlertsPage,
  },
  {
    path: '/alerts/rules/:id',
    title: { vi: 'Quy tắc cảnh báo', en: 'A rule of alerts' },
    may: ['operator', 'administrator'],
    load: async () => (await import('./alerts/rule-page.tsx')).RulePage,
  },
  {
    path: '/alerts/destinations/:id',
    title: { vi: 'Nơi nhận cảnh báo', en: 'A destination of alerts' },
    may: ['operator', 'administrator'],
    load: async () => (await import('./alerts/destination-page.tsx')).DestinationPage,
  },
  {
    path: '/audit',
    title: { vi: 'Nhật ký', en: 'Audit' },
    may: ['auditor', 'administrator'],
    icon: 'audit',
    load: async () => (await import('./audit/audit-page.tsx')).AuditPage,
  },
  {
    path: '/break-glass',
    title: { vi: 'Mở nội dung', en: 'Opened content' },
    short: { vi: 'Mở nội dung', en: 'Opened' },
    may: ['auditor', 'administrator', 'operator'],
    icon: 'lock',
    load: async () => (await import('./break-glass/break-glass-page.tsx')).BreakGlassPage,
  },
  {
    path: '/settings',
    title: { vi: 'Thiết lập của trục', en: 'Settings of the hub' },
    short: { vi: 'Thiết lập', en: 'Settings' },
    may: ['auditor', 'operator', 'administrator'],
    icon: 'settings',
    load: async () => (await import('./settings/settings-page.tsx')).SettingsPage,
  },
  {
    path: '/settings/people',
    title: { vi: 'Người dùng', en: 'People' },
    may: ['administrator'],
    icon: 'people',
    load: async () => (await import('./people/people-page.tsx')).PeoplePage,
  },
  {
    path: '/settings/people/:id',
    title: { vi: 'Người dùng', en: 'People' },
    may: ['administrator'],
    load: async () => (await import('./people/person-page.tsx')).PersonPage,
  },
  {
    path: '/settings/account',
    title: { vi: 'Tài khoản của tôi', en: 'My account' },
    short: { vi: 'Tài khoản', en: 'Account' },
    may: everyRole,
    icon: 'person',
    load: async () => (await import('./account/account-page.tsx')).AccountPage,
  },
]
