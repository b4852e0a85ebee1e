-- H2 sets 32 numbers aside at a time, and writes all that has changed by then each time it does: the plan of many new devices was
-- written in pieces of 32. Nothing follows from the order of these numbers, or from gaps between them.
alter table inventory alter column id set cache 1000;
alter table device alter column id set cache 1000;
