-- How many devices of the inventory a run's rules serve, and whether its pull could be believed: a pull that is far smaller
-- than the one before, or smaller than it may be, is not. plan_gone is how many records such a pull no longer shows.
alter table run add column served integer;
alter table run add column credible boolean default true not null;
alter table run add column plan_gone integer default 0 not null;
update run set served = inventory where pull = 'DONE' and cause <> 'APPROVED' and outcome is not null;
update run set credible = false where plan_guard = 'MIN_INVENTORY';

-- How often a device has found the customer's pool empty.
alter table device add column stock_tries integer default 0 not null;

-- Records that the latest pull, which could not be believed, has not shown. The inventory shows them still.
create table missed (
    inventory_id bigint      not null primary key,
    sync         varchar(40) not null
);
create index missed_of_sync on missed (sync);
