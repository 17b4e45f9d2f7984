import { compareAnnotations } from './annotation-rules.ts'
import { compareCatalog, compareNoted, comparePage, comparePages, compareTrailer } from './document-rules.ts'
import { compareFixed } from './fixed.ts'
import {
  compareField,
  compareFields,
  compareFilled,
  compareForm,
  compareFormResources,
  compareKids,
} from './form-rules.ts'
import type { Rules } from './walk.ts'

/** Which changes each part of the document allows (V57). */
export const rules: Rules = {
  trailer: compareTrailer,
  catalog: compareCatalog,
  pages: comparePages,
  page: comparePage,
  annotations: compareAnnotations,
  form: compareForm,
  'form-resources': compareFormResources,
  fields: compareFields,
  field: compareField,
  kids: compareKids,
  filled: compareFilled,
  fixed: compareFixed,
  noted: compareNoted,
}
