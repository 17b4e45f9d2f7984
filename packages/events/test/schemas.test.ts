import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import {
  deliveryTopics,
  type EventData,
  levels,
  publication,
  type Topic,
  topics,
  urgentDeliveryTopics,
} from '../src/index.ts'

const folder = join(import.meta.dirname, '../../../schemas/events')
const suffix = '.schema.json'

const read = (...path: string[]): unknown => JSON.parse(readFileSync(join(folder, ...path), 'utf8'))
const schemaNames = readdirSync(folder)
  .filter(file => file.endsWith(suffix))
  .map(file => file.slice(0, -suffix.length))

const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true })
addFormats.default(ajv)
for (const name of schemaNames) ajv.addSchema(read(`${name}${suffix}`) as object)

function schemaOf(topic: string): ValidateFunction {
  const validate = ajv.getSchema(`urn:docaxis:schema:event:${topic}`)
  if (validate === undefined) throw new Error(`no schema for ${topic}`)
  return validate
}

/** `docaxis.document.accepted.priority-5.json` is an example for the topic `docaxis.document.accepted`. */
function topicOf(file: string): Topic {
  const found = topics.filter(topic => file.startsWith(`${topic}.`)).sort((a, b) => b.length - a.length)[0]
  if (found === undefined) throw new Error(`${file} names no topic`)
  return found
}

const document = '5d2f0c1a9b8e7f6a5d4c3b2a'
const deliveryId = '0a1b2c3d4e5f60718293a4b5'
const sha256 = 'ab'.repeat(32)
const receiver = 'H99.32.05'
const noon = '2030-01-15T05:00:00.000Z'

const routed = Object.fromEntries(
  levels.flatMap((level, index) => [
    [deliveryTopics[index], { deliveryId, document, receiver, level, urgent: false, sha256 }],
    [urgentDeliveryTopics[index], { deliveryId, document, receiver, level, urgent: true, sha256 }],
  ]),
) as Pick<EventData, (typeof deliveryTopics)[number]>

const data: EventData = {
  ...routed,
  'docaxis.document.accepted': { document, kind: 'document', sender: 'G99', sha256, priority: 0, acceptedAt: noon },
  'docaxis.document.refused': {
    refusalId: document,
    systemId: 'G99#1',
    sha256,
    codes: ['STATE_SECRET'],
    refusedAt: noon,
  },
  'docaxis.delivery.available': {
    deliveryId,
    document,
    kind: 'status',
    sender: 'G99',
    receiver,
    priority: 0,
    sha256,
    sizeBytes: 2_000,
    availableAt: noon,
  },
  'docaxis.delivery.acknowledged': { deliveryId, document, receiver, systemId: 'H99#1', acknowledgedAt: noon },
  'docaxis.delivery.failed': { deliveryId, document, receiver, reason: 'unreadable', failedAt: noon },
  'docaxis.delivery.moved': { deliveryId, document, receiver, from: 'H98', level: 'commune', movedAt: noon },
  'docaxis.delivery.withdrawn': {
    deliveryId,
    document,
    receiver,
    listed: true,
    reason: 'taken back',
    withdrawnAt: noon,
  },
  'docaxis.status.reported': { deliveryId, statusId: null, code: '06', reporter: receiver, reportedAt: noon },
  'docaxis.receipt.issued': { receiptId: document, kind: 'acceptance', systemId: 'G99#1', sha256, issuedAt: noon },
  'docaxis.certificate.expiring': {
    sha256,
    kind: 'seal',
    subject: 'CN=Seal',
    agency: receiver,
    notAfter: noon,
    days: 30,
  },
  'docaxis.deadline.reached': {
    deliveryId,
    document,
    sender: 'G99',
    receiver,
    kind: 'finish',
    step: 'escalation-1',
    tell: ['H99.32', 'G99'],
    dueAt: noon,
    unconfirmedYears: [],
  },
  'docaxis.content.opened': {
    requestId: deliveryId,
    document,
    by: 'operator',
    allowedBy: 'auditor',
    until: noon,
    tell: ['G99', receiver],
  },
  'docaxis.dead-letter': {
    deadLetterId: document,
    group: 'router',
    topic: 'docaxis.document.accepted',
    eventId: `${document}:accepted`,
    code: 'UNEXPECTED',
  },
}

it('there is one schema for each topic', () => {
  expect(schemaNames.filter(name => name !== 'envelope').sort()).toEqual([...topics].sort())
})

it('the AsyncAPI document has one channel for each topic, with its schema', () => {
  const document = readFileSync(join(folder, '../asyncapi.yaml'), 'utf8')

  const addresses = [...document.matchAll(/^ {4}address: (\S+)$/gm)].map(match => match[1])
  const payloads = [...document.matchAll(/\$ref: \.\/events\/(\S+)\.schema\.json$/gm)].map(match => match[1])

  expect(addresses).toEqual(topics)
  expect(payloads).toEqual(topics)
})

describe.each([...topics])('%s', topic => {
  it.each([undefined, '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'])(
    'accepts what publication() makes (traceparent %s)',
    traceparent => {
      const made = publication({
        topic,
        key: receiver,
        id: `${document}:what`,
        subject: document,
        time: new Date(noon),
        data: data[topic],
        ...(traceparent === undefined ? {} : { traceparent }),
      })

      const validate = schemaOf(topic)
      validate(made.event)

      expect(validate.errors ?? []).toEqual([])
    },
  )

  it('refuses a payload on the log', () => {
    const event = { ...(read('valid', `${topic}.json`) as object), data: { ...data[topic], xml: '<edXML/>' } }

    expect(schemaOf(topic)(event)).toBe(false)
  })
})

it.each(readdirSync(join(folder, 'valid')))('accepts the example %s', file => {
  const validate = schemaOf(topicOf(file))
  validate(read('valid', file))

  expect(validate.errors ?? []).toEqual([])
})

it.each(readdirSync(join(folder, 'invalid')))('refuses the example %s', file => {
  expect(schemaOf(topicOf(file))(read('invalid', file))).toBe(false)
})
