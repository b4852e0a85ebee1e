-- H2 sets 32 numbers aside at a time. A process that is killed loses those it has not used, and the next run looked as if
-- many nights had been lost.
alter table run alter column id set cache 1;
