import type { Page } from 'playwright-core'
import { ask, type ConsoleState, press } from './console-state.ts'

const good =
  'code,name,level,parent\nH99.51,Xã Năm Mốt,commune,H99\nH99.32.06,Ủy ban nhân dân xã Bến Mới,commune,H99.32\n'
const bad = 'code,name,level\nH99.52,,commune\nH99.53,Xã Năm Ba,nowhere\n'

const looked = (csv: string, comes: string) => async (page: Page) => {
  await page.setInputFiles('input[type=file]', { name: 'danh-muc.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  await press('form button[type=submit]', comes)(page)
}

async function merge(page: Page): Promise<void> {
  const inputs = page.locator('form fieldset input:visible:not([type=date])')
  const values = ['Sáp nhập hai xã', '2999-hai-xa', '01/01/2999', '', 'Nghị quyết', 'H99.32.06, H99.32.07', 'H99.32.06']
  for (const [index, value] of values.entries()) await inputs.nth(index).fill(value)
  await press('form button[type=submit]', '.foreseen tbody tr')(page)
}

/** What changes of the directory show before they are made. */
export const changeStates: readonly ConsoleState[] = [
  { name: 'request-approve', path: '/agencies/requests', as: 'directory', reach: ask('.change-card') },
  { name: 'import-faults', path: '/agencies/import', as: 'directory', reach: looked(bad, '.faults li') },
  { name: 'import-preview', path: '/agencies/import', as: 'directory', reach: looked(good, '.foreseen tbody tr') },
  {
    name: 'import-ask',
    path: '/agencies/import',
    as: 'directory',
    reach: async page => {
      await looked(good, '.foreseen tbody tr')(page)
      await ask('.foreseen')(page)
    },
  },
  { name: 'import-columns', path: '/agencies/import', as: 'directory', reach: press('summary', 'details[open]') },
  { name: 'reform-preview', path: '/agencies/reform?new=form', as: 'directory', reach: merge },
  { name: 'reform-one', path: '/agencies/reform', as: 'directory', reach: press('.table tbody a', '.deeds li') },
]
