-- What was remarkable about a device's activation, until it is done; when Celona first said of its eSIM that it is not
-- "Provisioned", before it ever was activated; and when a person said that the device has its eSIM.
alter table device add column warning varchar(40);
alter table device add column refused_at timestamp(3) with time zone;
alter table device add column confirmed_at timestamp(3) with time zone;

-- What has shown what Celona means by "Provisioned": the device and the time, by reading.
create table reading (
    sync    varchar(40) not null,
    reading varchar(10) not null,
    eid     varchar(32) not null,
    seen_at timestamp(3) with time zone not null,
    primary key (sync, reading)
);
