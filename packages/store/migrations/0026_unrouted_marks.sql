-- Documents that are not routed yet stand in the list of those that go on to nobody yet. The job that writes it marks new
-- ones; these are older.
with waiting as (
  update document_search
     set marks = array(select mark from unnest(marks || array['t:routed']) as mark order by mark)
   where document_id in (select document_id from unrouted) and not marks @> array['t:routed']
  returning document_id, accepted_at
)
insert into document_mark (mark, accepted_at, document_id)
select 't:routed', accepted_at, document_id from waiting
    on conflict do nothing;
