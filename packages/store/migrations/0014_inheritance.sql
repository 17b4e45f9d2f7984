-- Whom a closed agency has as its successor is followed backwards: the successor reads what it inherited.
create index agency_successor on agency (successor) where successor is not null;
