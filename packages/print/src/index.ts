export { printable } from './printable.ts'
export { drawQr } from './qr.ts'
export { openSheets, type SheetOptions, type Sheets } from './sheets.ts'
