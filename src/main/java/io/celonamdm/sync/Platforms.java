package io.celonamdm.sync;

import io.celonamdm.settings.ConnectorSettings;
import io.celonamdm.settings.mdm.MdmSettings;
import io.celonamdm.settings.mdm.MdmSettings.PushWay;
import io.celonamdm.settings.source.SettingsCheck;
import io.celonamdm.settings.source.SettingsInForce;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.camel.CamelContext;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Route;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Finds what the platforms' route files provide. A platform consists of the routes {@code <name>-devices} and {@code
 * <name>-push}, and optionally {@code <name>-additions}, {@code <name>-attribute}, {@code <name>-profile} and {@code
 * <name>-report}.
 */
@Component
public class Platforms implements SettingsCheck {
    private static final String DEVICES_PER_CALL = "-devices-per-call";

    private final CamelContext camel;
    private final SettingsInForce inForce;

    Platforms(CamelContext camel, SettingsInForce inForce) {
        this.camel = camel;
        this.inForce = inForce;
    }

    /**
     * How many devices one push call of the sync serves: as many as the bean {@code <name>-devices-per-call} of the
     * platform's route file says, or 1, unless the settings say less.
     */
    public int devicesPerCall(Sync sync) {
        Integer number = camel.getRegistry().lookupByNameAndType(sync.platform() + DEVICES_PER_CALL, Integer.class);
        return sync.mdm().devicesPerCall(number == null ? 1 : number);
    }

    /** Whether the platform wants a report of its devices after each firing. */
    public boolean reports(@ExchangeProperty("sync") Sync sync) {
        return camel.getRoute(sync.platform() + "-report") != null;
    }

    /**
     * Checks that each sync's platform has the routes that the sync needs.
     *
     * @throws MissingRoutesException if one is missing, which fails the start
     */
    @EventListener(ApplicationStartedEvent.class)
    void check() {
        if (!camel.isStarted()) {
            // a test starts Camel later than the application
            return;
        }
        List<String> missing = problems(inForce.settings());
        if (!missing.isEmpty()) {
            throw new MissingRoutesException(missing);
        }
    }

    @Override
    public List<String> problems(ConnectorSettings settings) {
        List<String> missing = new ArrayList<>();
        settings.syncs().forEach((sync, its) -> {
            check(sync, its.mdm(), "devices", "mdm.platform", missing);
            check(sync, its.mdm(), "push", "mdm.platform", missing);
            if (its.between() != null) {
                check(sync, its.mdm(), "additions", "between", missing);
            }
            for (PushWay way : its.mdm().push()) {
                if (way != PushWay.COMMAND) {
                    check(sync, its.mdm(), way.name().toLowerCase(Locale.ROOT), "mdm.push", missing);
                }
            }
        });
        return missing;
    }

    private void check(String sync, MdmSettings mdm, String what, String key, List<String> missing) {
        String id = mdm.platform() + "-" + what;
        @Nullable Route route = camel.getRoute(id);
        if (route == null) {
            missing.add("connector.syncs.%s.%s: platform %s has no route %s in routes/ or custom-routes/"
                    .formatted(sync, key, mdm.platform(), id));
        }
    }
}
