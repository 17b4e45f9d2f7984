import type { Bilingual } from '../language.tsx'
import type { Role, Scope } from '../session.ts'

export const roleWords: Readonly<Record<Role, Bilingual>> = {
  viewer: { vi: 'Văn thư, người xem', en: 'Viewer' },
  auditor: { vi: 'Kiểm tra, thanh tra', en: 'Auditor' },
  operator: { vi: 'Vận hành', en: 'Operator' },
  directory: { vi: 'Quản lý danh mục', en: 'Directory manager' },
  trust: { vi: 'Quản lý tin cậy', en: 'Trust manager' },
  administrator: { vi: 'Quản trị', en: 'Administrator' },
  official: { vi: 'Người ký', en: 'Signing official' },
}

const parts = [
  { key: 'subtrees', vi: 'mã', en: 'codes' },
  { key: 'systems', vi: 'hệ thống', en: 'systems' },
  { key: 'localities', vi: 'địa bàn', en: 'localities' },
  { key: 'groups', vi: 'nhóm', en: 'groups' },
] as const satisfies readonly ({ readonly key: keyof Scope } & Bilingual)[]

/** What a scope holds, in a line. */
export function scopeText(scope: Scope): Bilingual {
  if (scope.everything) return { vi: 'Toàn trục', en: 'The whole hub' }
  const named = parts.filter(({ key }) => scope[key].length > 0)
  if (named.length === 0) return { vi: 'Chưa có phạm vi nào', en: 'Nothing yet' }
  const line = (language: 'vi' | 'en') =>
    named.map(part => `${part[language]} ${scope[part.key].join(', ')}`).join('; ')
  return { vi: line('vi'), en: line('en') }
}
