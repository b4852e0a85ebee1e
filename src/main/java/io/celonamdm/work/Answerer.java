package io.celonamdm.work;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.Failures;
import io.celonamdm.http.KnownFailure;
import io.celonamdm.http.NotJson;
import io.celonamdm.http.WhoAnswered;
import io.celonamdm.http.WhoAnswered.Vendor;
import io.celonamdm.ledger.Device;
import java.util.Objects;
import org.apache.camel.http.base.HttpOperationFailedException;

/** Who answered a call that failed, and whether the call could have changed anything. */
final class Answerer {
    private Answerer() {}

    /** Whether the call was answered, and not by the vendor. */
    static boolean isSomebodyElse(Work work, Throwable exception) {
        KnownFailure known = Failures.find(exception, KnownFailure.class);
        if (known != null) {
            return known.failure().code() == ReasonCode.NOT_THE_VENDOR;
        }
        HttpOperationFailedException http = Failures.find(exception, HttpOperationFailedException.class);
        if (http != null) {
            return !WhoAnswered.isFrom(vendor(work), http.getResponseBody(), http.getResponseHeaders());
        }
        return Failures.find(exception, NotJson.class) != null;
    }

    /** Whether the call only asks, so that it may be made as often as it takes. */
    static boolean isOnlyAsked(Work work) {
        return switch (work.kind()) {
            case AWAIT, CONFIRM -> true;
            case PUSH -> work.devices().stream().map(Device::pushReference).allMatch(Objects::nonNull);
            case ASSIGN, ACTIVATE, ATTRIBUTE, PROFILE -> false;
        };
    }

    private static Vendor vendor(Work work) {
        return switch (work.kind()) {
            case ASSIGN, AWAIT, ACTIVATE -> Vendor.CELONA;
            case PUSH, CONFIRM, ATTRIBUTE, PROFILE ->
                switch (work.sync().platform()) {
                    case "jamf" -> Vendor.JAMF;
                    case "intune" -> Vendor.GRAPH;
                    default -> Vendor.UNKNOWN;
                };
        };
    }
}
