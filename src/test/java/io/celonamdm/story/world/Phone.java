package io.celonamdm.story.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A phone as it is, and its record at its MDM. */
public final class Phone {
    /** What a phone answers to a command. */
    public enum Mood {
        /** It does as it is told. */
        WILLING("ACKNOWLEDGED", 0),
        /** Not now. */
        NOT_NOW("NOT_NOW", 0),
        /** Its cellular stack is busy. */
        BUSY("ERROR", 36003),
        /** Its cellular stack cannot be reached. */
        UNREACHABLE("ERROR", 36001),
        /** Its hardware cannot do it. */
        UNABLE("ERROR", 36002),
        /** It does not like the address. */
        DISLIKES("COMMAND_FORMAT_ERROR", 12021);

        final String state;
        final int code;

        Mood(String state, int code) {
            this.state = state;
            this.code = code;
        }
    }

    public final int id;
    public final String serial;
    public String eid;
    public String name;
    public String group = "Drivers";
    public String managementId;
    public Instant enrolled;
    /** The number of the tenant that manages it. */
    public int tenant;
    /** The number of another tenant that shows it still; -1 for none. */
    public int leftBehindIn = -1;
    /** Its record there. */
    String formerManagementId = "";

    Instant formerEnrolment = Instant.EPOCH;

    public boolean inMdm = true;
    /** Whether it is assigned to the MDM at Apple, enrolled or not. */
    public boolean assigned = true;

    public boolean managed = true;
    public boolean online = true;
    public boolean internet = true;
    public boolean chip = true;
    public boolean brokenRecord;
    public boolean twice;
    public Mood mood = Mood.WILLING;
    public Duration slow = Duration.ofSeconds(1);
    /** When it was first shown in the inventory. */
    public Instant since;
    /** The Celona eSIMs that are on it. */
    public final List<String> iccids = new ArrayList<>();
    /** EIDs that acknowledged a command, each with the latest time. */
    public final Map<String, Instant> acknowledged = new HashMap<>();
    /** Every eSIM that was on it at any time. */
    public final Set<String> everHad = new HashSet<>();

    Phone(int id, String eid, Instant since) {
        this.id = id;
        this.eid = eid;
        this.serial = "SER%05d".formatted(id);
        this.name = "Phone " + id;
        this.managementId = "mgmt-" + id + "-0";
        this.enrolled = since.minus(Duration.ofDays(30));
        this.since = since;
    }

    /** Whether it is to be served. */
    public boolean counts() {
        return inMdm && managed && chip && !brokenRecord;
    }

    @Override
    public String toString() {
        return "phone " + id + " (" + eid + ")";
    }
}
