package io.celonamdm.story;

import io.celonamdm.operations.needs.Need;
import io.celonamdm.settings.mdm.MdmSettings.PushWay;
import io.celonamdm.story.world.Celona.Esim;
import io.celonamdm.story.world.Csv;
import io.celonamdm.story.world.Intune;
import io.celonamdm.story.world.Jamf;
import io.celonamdm.story.world.Mdm;
import io.celonamdm.story.world.Phone;
import io.celonamdm.story.world.World;
import io.celonamdm.story.world.World.Heard;
import io.celonamdm.sync.Sync;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The invariants, each with its name, at the end of a story. */
final class Verdicts {
    /** {@code celona.provision.max}, less what a story's calls take. */
    private static final Duration DOWNLOAD = Duration.ofMinutes(59);

    private final Product product;
    private final Play play;
    private final World world;
    private final Map<String, Map<String, Object>> devices = new HashMap<>();

    Verdicts(Product product, Play play) {
        this.product = product;
        this.play = play;
        this.world = play.world;
    }

    /** What was broken, each with the invariant's name. */
    List<String> broken(String log) {
        product.ledger
                .sql("select * from device order by id")
                .query()
                .listOfRows()
                .forEach(row -> devices.merge(row.get("customer_id") + " " + row.get("eid"), row, Verdicts::owned));
        List<String> broken = new ArrayList<>(world.violations);
        atRest(broken);
        for (Phone phone : world.phones) {
            served(phone, broken);
        }
        devices.values().forEach(row -> place(String.valueOf(row.get("eid")), row, broken));
        nights(broken);
        secrets(log, broken);
        results(broken);
        profiles(broken);
        pcs(broken);
        broken.addAll(new Growth(product.ledger, world, play.story).broken(product.stage.clock.instant(), log));
        return broken;
    }

    /** Where an EID stands with the customer of a sync. */
    private @Nullable Map<String, Object> device(Sync sync, String eid) {
        return devices.get(sync.celona().customerId() + " " + eid);
    }

    /** Several syncs of a customer may know an EID, of which one owns it. */
    private static Map<String, Object> owned(Map<String, Object> one, Map<String, Object> other) {
        return one.get("owned_eid") != null ? one : other;
    }

    private long count(String sql) {
        return product.ledger
                .sql("select count(*) from " + sql)
                .query(Long.class)
                .single();
    }

    private void atRest(List<String> broken) {
        if (count("journal where state = 'INTENDED'") > 0) {
            broken.add("AT_REST: a journal entry is still INTENDED");
        }
        if (count("journal j join run r on r.id = j.run_id where r.plan_only") > 0) {
            broken.add("PLAN: a plan made a call that writes");
        }
        if (count("device where place = 'IN_FLIGHT'") > 0) {
            broken.add("AT_REST: a device is still IN_FLIGHT");
        }
        if (count("run where closed_at is null and opened_at < timestamp with time zone '"
                        + product.stage.clock.instant().minusSeconds(3 * 3600) + "'")
                > 0) {
            broken.add("AT_REST: a run is open for more than three hours");
        }
    }

    /** Two healthy nights after the last fault, everything is served but what waits for a person. */
    private void served(Phone phone, List<String> broken) {
        if (!phone.counts()) {
            return;
        }
        Map<String, Object> row = device(product.syncs().get(phone.tenant), phone.eid);
        if (row == null) {
            // after a night that showed no phones, a sync looks for none before a person or another night has decided
            if (!play.cameByDay(phone) || !asksAboutItsNight(product.syncs().get(phone.tenant))) {
                broken.add("SERVED: nothing is known of " + phone);
            }
            return;
        }
        String place = String.valueOf(row.get("place"));
        String code = row.get("code") == null ? null : String.valueOf(row.get("code"));
        boolean byPerson = play.people.handled.contains(phone.eid);
        Esim esim = world.celona.find((String) row.get("iccid"));
        boolean works = esim != null && esim.active && isGrouped(esim, row) && phone.iccids.contains(esim.iccid);
        Sync owner = product.sync(row.get("sync"));
        if (showsNothing(owner)) {
            // an empty inventory proves nothing, so a person is asked
            if (!asksAboutItsNight(owner)) {
                broken.add("NEEDS: %s shows no phones, and no person is asked".formatted(owner.name()));
            }
            return;
        }
        if (!owner.equals(product.syncs().get(phone.tenant)) && !place.equals("RETIRED") && !byPerson) {
            broken.add("OWNER: %s belongs to %s".formatted(phone, owner.name()));
        }
        switch (place) {
            case "DONE" -> {
                if (esim == null || !esim.eid.equals(phone.eid)) {
                    broken.add("PLACE: DONE with an eSIM that is not its own: " + phone + " " + row.get("iccid"));
                }
            }
            case "RETIRED" -> {
                if (!byPerson) {
                    broken.add("PLACE: RETIRED by nobody: " + phone);
                }
            }
            case "HELD", "IN_DOUBT", "DEAD" -> {
                boolean ready = "AWAITS_ENROLMENT".equals(code) && world.isInBox(phone) && row.get("iccid") != null;
                if (!byPerson && !ready && !isNeeded(owner, place, code)) {
                    broken.add("NEEDS: %s is %s at %s with %s, and no person is asked"
                            .formatted(phone, place, row.get("step"), code));
                }
                if (works && !byPerson && !play.people.pushed.contains(phone.eid) && place.equals("DEAD")) {
                    broken.add("PLACE: %s works, and is DEAD with %s".formatted(phone, code));
                }
            }
            default -> {
                // a look by day gives it an eSIM; which signs come by day is up to its MDM
                if (row.get("iccid") == null || !play.cameByDay(phone)) {
                    broken.add("SERVED: %s is %s at %s with %s, due %s, reason %s"
                            .formatted(phone, place, row.get("step"), code, row.get("due_at"), row.get("reason")));
                }
            }
        }
    }

    private boolean asksAboutItsNight(Sync sync) {
        return product.needs.of(sync).stream().anyMatch(need -> need.kind() == Need.Kind.NIGHT);
    }

    /** Whether it is in the group that its rule names, and not in any other: a wrong group may have no network. */
    private static boolean isGrouped(Esim esim, Map<String, Object> row) {
        String wanted = (String) row.get("device_group");
        return esim.group.equals(wanted == null || wanted.isEmpty() ? "Default" : wanted);
    }

    private boolean showsNothing(Sync sync) {
        int tenant = product.syncs().indexOf(sync);
        if (play.story.tenants().get(tenant) == Mdm.Kind.CSV_ADDITIONS) {
            // no file says nothing
            return false;
        }
        return world.phones.stream().noneMatch(phone -> phone.inMdm && phone.tenant == tenant);
    }

    private boolean isNeeded(Sync sync, String place, @Nullable String code) {
        List<Need> needs = product.needs.of(sync);
        return needs.stream().anyMatch(need -> switch (place) {
            case "IN_DOUBT" -> need.kind() == Need.Kind.IN_DOUBT;
            case "DEAD" -> need.kind() == Need.Kind.DEAD_LETTER && need.code().equals(code);
            default -> (need.kind() == Need.Kind.HELD && need.code().equals(code)) || need.kind() == Need.Kind.APPROVAL;
        });
    }

    /** A place is true whatever became of the phone since. */
    private void place(String eid, Map<String, Object> row, List<String> broken) {
        String iccid = (String) row.get("iccid");
        if (iccid != null
                && !world.celona.given.getOrDefault(eid, List.of()).contains(iccid)
                && !iccid.equals(row.get("given_iccid"))) {
            broken.add("PLACE: the ledger has " + iccid + " for " + eid + ", which has " + world.celona.given.get(eid));
        }
        if ("DONE".equals(row.get("place")) && !play.people.confirmed.contains(eid)) {
            String doneWhen =
                    product.sync(row.get("sync")).settings().doneWhen().name();
            boolean had = world.phones.stream().anyMatch(phone -> phone.everHad.contains(iccid));
            boolean told = world.phones.stream().anyMatch(phone -> phone.acknowledged.containsKey(eid));
            boolean enough = doneWhen.equals("ACTIVATED") || had || (doneWhen.equals("ACKNOWLEDGED") && told);
            if (!enough) {
                broken.add("PLACE: " + eid + " is DONE, but its phone has given no sign");
            }
            Esim esim = world.celona.find(iccid);
            if (esim != null && esim.eid.equals(eid) && !esim.active && !looksActive(esim)) {
                broken.add("PLACE: " + eid + " is DONE, but its eSIM is not active");
            }
        }
    }

    /** Whether its phone has not downloaded it in the hour after its acknowledgement, see docs/reliability.md. */
    private boolean looksActive(Esim esim) {
        return esim.looksActive.compareTo(play.story.movesClock() ? Duration.ZERO : DOWNLOAD) > 0;
    }

    private void nights(List<String> broken) {
        for (Map<String, Object> run :
                product.ledger.sql("select * from run order by id").query().listOfRows()) {
            String outcome = String.valueOf(run.get("outcome"));
            boolean bad = !Set.of("SUCCESS", "PARTIAL", "PLANNED", "null").contains(outcome);
            String name = "run " + run.get("id") + " ended, " + outcome;
            List<Heard> told = world.heard.stream()
                    .filter(each -> each.text().contains("\"" + run.get("sync") + ": " + name))
                    .toList();
            if (bad && told.isEmpty() && !toldByNext(run)) {
                broken.add("TOLD: nobody was told that " + name);
            }
            if (bad && !told.isEmpty() && !play.story.movesClock() && isLate(told.get(0), run)) {
                broken.add("TOLD: people were told at %s that %s at %s"
                        .formatted(told.get(0).at(), name, run.get("closed_at")));
            }
            if (outcome.equals("IN_DOUBT") && !play.story.mayDoubt()) {
                broken.add("OUTCOME: " + name + ", although every assignment was answered");
            }
            // who was told is known once the answer has come and is in the ledger
            long known = told.stream().filter(Heard::answered).count();
            if (known > 1 + play.story.ledgerFaults()) {
                broken.add("TOLD: people were told %d times that %s".formatted(known, name));
            }
            if (outcome.equals("SUCCESS") && !"DONE".equals(run.get("pull")) && !"APPROVED".equals(run.get("cause"))) {
                broken.add("OUTCOME: " + name + " without a complete pull");
            }
        }
    }

    /** Another run within the five minutes between two rounds of notices: one notice tells of both. */
    private boolean toldByNext(Map<String, Object> run) {
        String sync = "\"" + run.get("sync");
        String good = "\"run %s, %s\"".formatted(run.get("id"), run.get("outcome"));
        Pattern bad = Pattern.compile("\"run %s at [^\"]*: %s,".formatted(run.get("id"), run.get("outcome")));
        return world.heard.stream()
                .anyMatch(each -> (each.text().contains(sync + " has a good run again")
                                && each.text().contains(good))
                        || (each.text().contains(sync + ": run ")
                                && bad.matcher(each.text()).find()));
    }

    /** Every phone that was told about an eSIM, and that is done, has what its MDM is to have beside that. */
    private void profiles(List<String> broken) {
        for (Mdm mdm : world.mdms) {
            Sync sync = product.syncs().get(mdm.number());
            List<PushWay> ways = sync.mdm().push();
            boolean attributes = ways.contains(PushWay.ATTRIBUTE) && !play.story.has(Event.What.SETTINGS);
            for (Phone phone : mdm.told().stream().filter(this::isDone).toList()) {
                if (ways.contains(PushWay.PROFILE) && !reaches(mdm, phone)) {
                    broken.add("PROFILE: " + phone + " does not get it");
                }
                if (attributes && mdm instanceof Jamf jamf && !jamf.profiles.says(phone, "DONE")) {
                    broken.add("ATTRIBUTE: the record of " + phone + " does not say that it is done");
                }
            }
        }
    }

    /** Every PC that is done has the profile that names the server. */
    private void pcs(List<String> broken) {
        for (Mdm mdm : world.mdms) {
            if (mdm instanceof Intune intune) {
                intune.pcs().stream()
                        .filter(pc -> isDone(pc)
                                && !intune.profiles.configures(pc)
                                && !play.people.confirmed.contains(pc.eid))
                        .forEach(pc -> broken.add("PROFILE: the PC " + pc + " is not told of its server"));
            }
        }
    }

    private static boolean reaches(Mdm mdm, Phone phone) {
        return mdm instanceof Intune intune
                ? intune.profiles.reaches(phone)
                : !(mdm instanceof Jamf jamf) || jamf.profiles.reaches(phone);
    }

    private boolean isDone(Phone phone) {
        Sync sync = product.syncs().get(phone.tenant);
        Map<String, Object> row = device(sync, phone.eid);
        return row != null
                && sync.name().value().equals(row.get("sync"))
                && "DONE".equals(row.get("place"))
                && !play.people.handled.contains(phone.eid);
    }

    /** What stands beside an administrator's file is what the ledger has. */
    private void results(List<String> broken) {
        for (Mdm mdm : world.mdms) {
            if (mdm instanceof Csv csv) {
                Sync sync = product.syncs().get(mdm.number());
                csv.openResults().forEach(each -> result(sync, each, broken));
                if (!play.story.movesClock() && !csv.waiting().isEmpty()) {
                    broken.add("RESULT: after healthy nights, nothing has taken " + csv.waiting());
                }
            }
        }
    }

    private void result(Sync sync, List<String> lines, List<String> broken) {
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split("[,;]", -1);
            String eid = cells[1].replace(" ", "");
            Map<String, Object> row = device(sync, eid);
            if (row == null || !sync.name().value().equals(row.get("sync")) || play.people.handled.contains(eid)) {
                continue;
            }
            if (!cells[4].equals("LEFT_OUT") && !cells[4].equals(row.get("place"))) {
                broken.add("RESULT: a file says \"%s\" of %s, which is %s".formatted(cells[4], eid, row.get("place")));
            }
        }
    }

    private static boolean isLate(Heard told, Map<String, Object> run) {
        Object at = Objects.requireNonNull(run.get("closed_at"));
        Instant closed =
                at instanceof Timestamp postgresql ? postgresql.toInstant() : ((OffsetDateTime) at).toInstant();
        return told.at().isAfter(closed.plus(Duration.ofDays(1)));
    }

    private void secrets(String log, List<String> broken) {
        Set<String> places = new TreeSet<>();
        if (log.contains(World.SECRET_MARK)) {
            places.add("the log");
        }
        world.heard.stream()
                .filter(each -> each.text().contains(World.SECRET_MARK))
                .forEach(each -> places.add("a notice"));
        world.heard.stream()
                .filter(each -> each.text().contains("89049032"))
                .forEach(each -> places.add("a notice (EID)"));
        for (String sql : List.of(
                "select reason from device where reason like :secret",
                "select reason from run where reason like :secret",
                "select reason from dead_letter where reason like :secret",
                "select detail from audit where detail like :secret",
                "select failure from notice where failure like :secret",
                "select quarantine_reason from sync where quarantine_reason like :secret",
                "select answer from journal where answer like :secret")) {
            if (product
                    .ledger
                    .sql(sql)
                    .param("secret", "%" + World.SECRET_MARK + "%")
                    .query(String.class)
                    .list()
                    .stream()
                    .findAny()
                    .isPresent()) {
                places.add(sql);
            }
        }
        places.forEach(place -> broken.add("SECRETS: a secret is in " + place));
        long lines = log.lines().count();
        if (lines > 300L + 100L * world.phones.size()) {
            broken.add("LOG: " + lines + " lines");
        }
    }
}
