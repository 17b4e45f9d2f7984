-- A signed receipt of some 4 KB stays in its row as it is: half of it cannot be compressed, and to compress it and to
-- write it elsewhere took longer than all else that storing it takes, and no less disk.
alter table receipt set (toast_tuple_target = 8160);
