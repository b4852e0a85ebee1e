package io.celonamdm.platform.jamf;

import io.celonamdm.device.FollowUpOrder;
import io.celonamdm.device.FollowUpOrder.Target;
import io.celonamdm.json.Fields;
import io.celonamdm.json.Json;
import io.celonamdm.json.UnreadableAnswer;
import io.celonamdm.sync.Sync;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.ExchangeException;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Maintains the static group whose members get the profile ({@code StaticGroupAssignment} of Jamf Pro's schema). It
 * only ever adds members. The server requires name, site and assignments in every body, although the schema requires
 * only the name.
 */
@Component
public class JamfGroups {
    private static final Logger LOG = LoggerFactory.getLogger(JamfGroups.class);
    private static final int MOST_NAMED = 10;

    JamfGroups() {}

    /** Requests the group by its name. */
    public String byName(@ExchangeProperty("sync") Sync sync) {
        return new Query()
                .and("filter", "groupName==" + Query.quoted(name(sync)))
                .and("page", 0)
                .and("page-size", 100)
                .toString();
    }

    /**
     * The sync's group.
     *
     * @return null if no group has the name
     * @throws NotOurs if somebody else created the group of that name
     */
    public @Nullable StaticGroup find(@Body @Nullable Object answer, @ExchangeProperty("sync") Sync sync) {
        if (!(Fields.mapOf(answer).get("results") instanceof List<?>)) {
            throw new UnreadableAnswer("a list of static groups", answer);
        }
        return Fields.of(answer).list("results").stream()
                .filter(group -> group.textOrEmpty("groupName").equalsIgnoreCase(name(sync)))
                .findFirst()
                .map(group -> found(group, sync))
                .orElse(null);
    }

    /** A new group without members. */
    public byte[] creation(@ExchangeProperty("sync") Sync sync) {
        return body(name(sync), description(sync), StaticGroup.NO_SITE, List.of());
    }

    /** The group just created. */
    public StaticGroup created(@Body @Nullable Object answer, @ExchangeProperty("sync") Sync sync) {
        String id = Fields.of(answer).text("id").orElseThrow(() -> new UnreadableAnswer("a group's id", answer));
        return new StaticGroup(id, name(sync), description(sync), StaticGroup.NO_SITE);
    }

    /** The devices to add; all others stay unchanged. */
    public byte[] members(
            @ExchangeProperty("joining") List<Target> joining, @ExchangeProperty("group") StaticGroup group) {
        List<Object> additions = joining.stream()
                .<Object>map(target -> Map.of("mobileDeviceId", target.mdmId(), "selected", true))
                .toList();
        return body(group.name(), group.description(), group.siteId(), additions);
    }

    /** The refusals of devices that are added one by one; none so far. */
    public Refusals refusals(@ExchangeProperty("order") FollowUpOrder order) {
        return new Refusals(order.targets().size());
    }

    /** A device that is added by itself. */
    public List<Target> alone(@Body Target target) {
        return List.of(target);
    }

    /** Records that a device was refused by itself. */
    public void refused(
            @ExchangeProperty("joining") List<Target> joining,
            @ExchangeProperty("refusals") Refusals refusals,
            @ExchangeException HttpOperationFailedException refusal) {
        joining.forEach(target -> refusals.add(target.mdmId(), refusal));
    }

    /**
     * Names the devices that were refused: they keep no other back.
     *
     * @throws HttpOperationFailedException if all were, so that the devices are not to blame
     */
    public void joined(@ExchangeProperty("refusals") Refusals refusals) throws HttpOperationFailedException {
        refusals.throwIfAll();
        if (!refusals.ids().isEmpty()) {
            LOG.warn(
                    "Jamf Pro does not add all devices to the group of the private-network profile; it may no longer know these, {} in all: {}",
                    refusals.ids().size(),
                    refusals.ids().stream().limit(MOST_NAMED).toList());
        }
    }

    private static StaticGroup found(Fields group, Sync sync) {
        String description = group.textOrEmpty("groupDescription");
        Marker.check(sync, "static group", name(sync), description, "group");
        String id = group.text("groupId")
                .or(() -> group.text("id"))
                .orElseThrow(() -> new UnreadableAnswer("a static group's id", "a group without one"));
        String site = group.text("siteId").orElse(StaticGroup.NO_SITE);
        return new StaticGroup(id, group.textOrEmpty("groupName"), description, site);
    }

    private static byte[] body(String name, String description, String siteId, List<Object> assignments) {
        Object body = Map.of(
                "groupName", name, "groupDescription", description, "siteId", siteId, "assignments", assignments);
        return Json.write(body).getBytes(StandardCharsets.UTF_8);
    }

    private static String name(Sync sync) {
        return sync.mdm().profile().group();
    }

    private static String description(Sync sync) {
        return Marker.describe(sync, "Devices that have been given a Celona eSIM; members are only ever added.");
    }
}
