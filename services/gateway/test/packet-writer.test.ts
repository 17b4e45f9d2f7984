import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestGateway, testGateway } from './harness.ts'

let hub: TestGateway

beforeAll(async () => {
  hub = await testGateway()
})
afterAll(() => hub?.close())

it('lets a packet that cannot be written fail alone among those written with it', async () => {
  await hub.database.query(`
    create function refuse_bad() returns trigger language plpgsql as $$
    begin
      if new.document_id = 'bad' then raise exception using errcode = '22000'; end if;
      return new;
    end $$`)
  await hub.database.query(
    'create trigger refuse_bad before insert on document for each row execute function refuse_bad()',
  )
  const wishes = ['1', '2', '3', 'bad', '4', '5', '6', '7', '8', '9'].map(documentId => ({
    sender: 'G99',
    receivers: ['H99'],
    documentId,
  }))

  const answers = await Promise.all(wishes.map(wish => hub.post(hub.sealed(wish), 'g99')))

  expect(answers.map(answer => answer.statusCode)).toEqual(wishes.map(wish => (wish.documentId === 'bad' ? 500 : 202)))
})

it('tells fifty different packets sent at once apart', async () => {
  const wishes = Array.from({ length: 50 }, (_, place) => ({
    sender: 'G99',
    receivers: ['H99', 'H99.05'],
    documentId: `together-${place}`,
  }))

  const answers = await Promise.all(wishes.map(wish => hub.post(hub.sealed(wish), 'g99')))

  expect(answers.map(answer => answer.json().documentId)).toEqual(wishes.map(wish => wish.documentId))
  const { rows } = await hub.database.query(
    `select count(*)::integer as receivers from document_receiver
       join document on document.id = document_receiver.document_id
      where document.document_id like 'together-%'`,
  )
  expect(rows).toEqual([{ receivers: 100 }])
})
