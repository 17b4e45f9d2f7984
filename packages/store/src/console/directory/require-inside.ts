import type { Finding } from '@docaxis/errors'
import { HubError } from '@docaxis/errors'
import type { Sql } from '../../database.ts'
import type { AgencyRows } from '../../directory/agency-rows.ts'
import type { Scope } from '../scope.ts'
import { type Outside, outsideScope } from './outside-scope.ts'

/** Faults that are told one by one. */
const told = 200

/** @throws HubError `IMPORT_REFUSED`, naming every agency and code that the scope does not hold */
export async function requireInside(sql: Sql, rows: AgencyRows, scope: Scope): Promise<void> {
  const found = await outsideScope(sql, rows, scope)
  if (found.length === 0) return
  throw new HubError('IMPORT_REFUSED', `${found.length} codes lie outside of the scope`, {
    findings: found.slice(0, told).map(findingOf),
    details: { faultCount: found.length },
  })
}

function findingOf({ code, field, value }: Outside): Finding {
  return {
    code: `M.Agency.${field}.Scope`,
    path: field === 'code' ? code : `${code}, ${field}`,
    severity: 'error',
    vi: `"${value}" nằm ngoài phạm vi quản lý của bạn.`,
    en: `"${value}" lies outside of your scope.`,
    hint: hints[field],
    details: { value },
  }
}

const leaveOut = {
  vi: 'Bỏ cơ quan này ra, hoặc nhờ người quản lý danh mục có phạm vi rộng hơn làm.',
  en: 'Leave this agency out, or ask a directory manager of a wider scope to do it.',
}
const inside = {
  vi: 'Chọn một cơ quan trong phạm vi của bạn, hoặc nhờ người có phạm vi rộng hơn làm.',
  en: 'Name an agency of your scope, or ask somebody of a wider one to do it.',
}
const others = {
  vi: 'Nhóm này có thành viên ngoài phạm vi của bạn: văn bản gửi cho nhóm sẽ tới cả cơ quan mới thêm.',
  en: 'This group has members outside of your scope: what is sent to it would reach the added agency too.',
}
const prefix = {
  vi: 'Mã này bắt đầu bằng mã của cơ quan ngoài phạm vi của bạn. Dùng mã khác.',
  en: 'This code begins with the code of an agency outside of your scope. Use another code.',
}

const hints: Readonly<Record<Outside['field'], Finding['hint']>> = {
  code: leaveOut,
  parent: inside,
  successor: inside,
  center: inside,
  choices: inside,
  groups: others,
  codeForm: prefix,
}
