import { expect, it } from 'vitest'
import { codeFault, codeForm } from '../src/index.ts'

it.each([
  '000.00.00.H53',
  'H37.DN.001',
  '01.K36#79.H36',
  'vxp.saas.03',
  '001.00.20.TT2',
  'A'.repeat(35),
  'Đ'.repeat(35),
])('takes %s', code => {
  expect(codeFault(code)).toBeUndefined()
})

it.each([
  { code: '', fault: 'empty' },
  { code: 'A'.repeat(36), fault: 'too-long' },
  { code: 'H01,H02', fault: 'forbidden-character' },
  { code: 'H01 02', fault: 'forbidden-character' },
  { code: 'H01\u00A002', fault: 'forbidden-character' },
  { code: 'H01\u0000', fault: 'forbidden-character' },
])('refuses $code: $fault', ({ code, fault }) => {
  expect(codeFault(code)).toBe(fault)
})

it.each([
  { code: '000.05.34.H53', form: 'qcvn-102-2016' },
  { code: 'H01.151.01', form: 'qd-20-2020' },
  { code: 'G12', form: 'qd-20-2020' },
  { code: '28.22.H17', form: 'other' },
])('takes $code for the form $form', ({ code, form }) => {
  expect(codeForm(code)).toBe(form)
})
