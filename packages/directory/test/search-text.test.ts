import { expect, it } from 'vitest'
import { foldText, sameName } from '../src/index.ts'

it('folds accents, case and white space', () => {
  expect(foldText('  Ủy ban nhân dân \n tỉnh ĐẮK Lắk ')).toBe('uy ban nhan dan tinh dak lak')
})

it('takes names for the same whatever their letters are composed of, their case and their blanks', () => {
  expect(sameName('UBND Tỉnh  Nghệ An'.normalize('NFD'), 'UBND tỉnh Nghệ An')).toBe(true)
})

it('tells names apart that differ in an accent', () => {
  expect(sameName('Hà Nam', 'Hà Năm')).toBe(false)
})
