-- When the command was sent that is asked about, how often one was sent again of which the MDM showed nothing, to which
-- of its records it was pushed, when a device in doubt was told to fetch an eSIM, and how many complete inventories have
-- been seen since.
alter table device add column commanded_at timestamp(3) with time zone;
alter table device add column repeats integer default 0 not null;
alter table device add column pushed_mdm_id varchar(64);
alter table device add column probed_at timestamp(3) with time zone;
alter table device add column inventories integer default 0 not null;
update device set commanded_at = pushed_at where push_reference is not null;

-- Whether the call only asked about the device, and sent it nothing.
alter table journal_device add column asked boolean default false not null;
