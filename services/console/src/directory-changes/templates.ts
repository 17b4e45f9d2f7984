import { type Agency, formatCsv, formatJson } from '@docaxis/directory'

/** Above it stands nobody, so that a template sent back as it is is refused at this line, and writes nothing. */
const nobody = 'MA-CO-QUAN-CAP-TREN'

const example: Agency = {
  code: 'MA-CO-QUAN',
  oldCodes: [],
  name: 'Tên cơ quan (dòng mẫu: thay bằng cơ quan của bạn)',
  kind: 'agency',
  level: 'commune',
  parent: nobody,
  locality: 'Tỉnh, thành phố',
  groups: [],
  mail: 'vanthu@example.vn',
  validFrom: '2026-01-01',
  canReceive: true,
  receivesForUnits: false,
}

const reform = {
  format: 'docaxis-reform-1',
  name: 'ten-rieng-cua-dot-sap-xep',
  title: 'Tên đợt sắp xếp',
  basis: 'Nghị quyết số …',
  effectiveOn: '2027-01-01',
  graceUntil: '2027-04-01',
  changes: [
    {
      do: 'merge',
      codes: ['MA-CU-1', 'MA-CU-2'],
      into: { code: 'MA-MOI', name: 'Tên mới', level: 'commune', parent: nobody },
    },
    { do: 'split', code: 'MA-CU-3', into: ['MA-MOI', 'MA-KHAC'] },
    { do: 'open', agency: { code: 'MA-MOI-2', name: 'Tên mới', level: 'commune', parent: nobody } },
    { do: 'rename', code: 'MA-KHAC', name: 'Tên mới' },
    { do: 'move', code: 'MA-KHAC', parent: nobody },
    { do: 'close', code: 'MA-CU-4', successor: 'MA-MOI' },
  ],
}

/** Files to begin with, by the name under which they are saved. */
export const templates = {
  'agencies.csv': () => formatCsv([example]),
  'agencies.json': () => formatJson([example]),
  'reform.json': () => `${JSON.stringify(reform, undefined, 2)}\n`,
} as const
