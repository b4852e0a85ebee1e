package io.celonamdm.platform.intune;

import io.celonamdm.device.FollowUpOrder;
import io.celonamdm.device.FollowUpOrder.Target;
import io.celonamdm.platform.intune.graph.Graph;
import io.celonamdm.platform.intune.graph.GraphBatch;
import io.celonamdm.sync.Sync;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Gives iPhones and iPads the private-network profile, by way of the group that it is assigned to. */
@Component
public class AppleProfiles {
    private static final Logger LOG = LoggerFactory.getLogger(AppleProfiles.class);
    private static final int MOST_NAMED = 10;

    AppleProfiles() {}

    /** The iPhones and iPads of an order; other devices take no such profile. */
    public FollowUpOrder phones(@Body FollowUpOrder order) {
        return new FollowUpOrder(
                order.sync(),
                order.targets().stream()
                        .filter(target -> Platform.of(target.device().os()) == Platform.IOS)
                        .toList());
    }

    /** Begins the search for the sync's profile. */
    public AppleProfile begin(@ExchangeProperty("sync") Sync sync) {
        return new AppleProfile(sync);
    }

    /** Requests the devices' objects from Entra. */
    public GraphBatch lookups(@ExchangeProperty("order") FollowUpOrder order) {
        return GraphBatch.patient(
                Graph.V1,
                order.targets().stream()
                        .filter(target -> EntraDevices.isRegistered(target.device()))
                        .map(target -> EntraDevices.lookup(target.eid(), target.device()))
                        .toList());
    }

    /** The devices to add as members. One that Entra does not know cannot become one, and keeps no other back. */
    public Members members(
            @ExchangeProperty("order") FollowUpOrder order,
            @ExchangeProperty("batch") GraphBatch batch,
            @ExchangeProperty("sync") Sync sync) {
        Members members =
                new Members(sync.mdm().graphUrl(), sync.mdm().intune().apple().group());
        List<String> strangers = new ArrayList<>();
        for (Target target : order.targets()) {
            Optional<String> object =
                    batch.answer(target.eid()).flatMap(answer -> EntraDevices.objectId(answer, target.device()));
            object.ifPresentOrElse(members::want, () -> strangers.add(target.mdmId()));
        }
        if (!strangers.isEmpty()) {
            LOG.warn(
                    "{} devices are not registered in Entra, so that they cannot join the group of the private-network profile; among them {}",
                    strangers.size(),
                    strangers.subList(0, Math.min(MOST_NAMED, strangers.size())));
        }
        return members;
    }
}
