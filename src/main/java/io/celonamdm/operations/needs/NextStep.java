package io.celonamdm.operations.needs;

/**
 * Where on the page a person mends what waits for them.
 *
 * @param label what they do there
 * @param path the address below that of the page; it never changes, because notices lead there
 */
public record NextStep(String label, String path) {

    static NextStep of(String sync, Need need) {
        String at = "/syncs/" + sync;
        return switch (need.kind()) {
            case QUARANTINE -> new NextStep("See what to mend", at + "#quarantine");
            case NIGHT, NO_GOOD_RUN -> new NextStep("See its nights", at + "#nights");
            case PAUSED -> new NextStep("See why, and resume", at + "#act");
            case IN_DOUBT -> new NextStep("Decide", at + "/in-doubt");
            case APPROVAL -> new NextStep("Review the plan", at + "#plan");
            case PLAN_ONLY -> new NextStep("Preview its rules", at + "/preview");
            case POOL, UNCLEAR -> new NextStep("Show the devices", at + "/devices?place=WAITING&code=" + code(need));
            case HELD -> new NextStep("Show the devices", at + "/devices?place=HELD&code=" + need.code());
            case DEAD_LETTER -> new NextStep("Review and redrive", at + "/dead-letters?code=" + need.code());
            case EXPIRY -> new NextStep("See the dates", "/credentials");
        };
    }

    private static String code(Need need) {
        return need.kind() == Need.Kind.UNCLEAR ? "NOT_PROVISIONED" : need.code();
    }
}
