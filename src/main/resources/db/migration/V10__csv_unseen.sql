-- An order that was written counted as a command that the device has acknowledged. Nobody has heard of these devices: the
-- platform csv, whose devices have their EID for an id, waits for a sign of each.
update device set push_result = null
where push_result = 'ACKNOWLEDGED' and step in ('PUSH', 'ACTIVATE') and exists (
    select 1 from inventory i where i.sync = device.sync and i.eid = device.eid and i.mdm_id = i.eid);
