-- What every packet costs, made less: no key is checked whose parent the same step has just written or read. Each check is
-- a query of its own that locks the parent and writes the lock into its row; packets of one busy system, sent together, all
-- locked the row of that system. Nothing deletes a document, a delivery or a system, or changes its id: tests look for
-- statements that delete them (packages/store/test/never-deleted.test.ts), and for rows without their parent in the
-- databases they leave (packages/testkit/src/orphans.ts).
alter table document drop constraint document_system_id_fkey;
alter table document_receiver drop constraint document_receiver_document_id_fkey;
alter table attachment_check drop constraint attachment_check_document_id_fkey;
alter table idempotency drop constraint idempotency_system_id_fkey;
alter table refusal drop constraint refusal_system_id_fkey;

alter table delivery drop constraint delivery_document_id_fkey;
alter table deadline drop constraint deadline_delivery_id_fkey;

alter table receipt drop constraint receipt_system_id_fkey;
alter table receipt drop constraint receipt_document_id_fkey;
alter table receipt drop constraint receipt_delivery_id_fkey;
