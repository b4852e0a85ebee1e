-- A pull that is far too small to be believed has missed records as well, but does not count for their being gone.
alter table missed add column counts boolean default true not null;

-- A record that cannot be read is known by its id.
create index inventory_record on inventory (sync, mdm_id);

-- How many devices in a row the vendor has refused with the same words, and the words without numbers.
alter table streak add column alike integer default 0 not null;
alter table streak add column refusal varchar(300);
