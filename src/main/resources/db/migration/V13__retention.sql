-- Since when the MDM no longer shows a record; null while it does, and once nothing but the EID is left of the record.
alter table inventory add column gone_at timestamp(3) with time zone;
update inventory set gone_at = current_timestamp where present = false;
create index inventory_gone on inventory (gone_at);
-- Which eSIMs a device has had, once the calls that say so are deleted: none of them is ever taken for a new one.
create table former_esim (
    device_id bigint      not null,
    iccid     varchar(20) not null,
    primary key (device_id, iccid)
);
-- How many rows were deleted, and the latest time in them, so that no counter of the metrics falls. Whoever deletes locks
-- the row without a sync, so that two replicas do not count one row twice.
create table deletion (
    sync    varchar(40) not null,
    kind    varchar(20) not null,
    name    varchar(40) not null,
    number  bigint      not null,
    last_at timestamp(3) with time zone,
    primary key (sync, kind, name)
);
insert into deletion (sync, kind, name, number) values ('', 'LOCK', '', 0);
