package io.celonamdm.simulator.phone;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A phone or tablet and its enrolment at the MDM. */
public final class Phone {
    private final String eid;
    private final String serialNumber;
    private final PhoneBehaviour behaviour = new PhoneBehaviour();
    private final List<String> otherIccids = new ArrayList<>();
    private final List<String> celonaIccids = new ArrayList<>();
    private final Set<String> groups = new LinkedHashSet<>();
    private String name;
    private String reportedEid;
    private PhoneModel model = PhoneModel.IPHONE_15_PRO;
    private String user = "";
    private Ownership ownership = Ownership.INSTITUTIONAL;
    private boolean managed = true;
    private String managementId = UUID.randomUUID().toString();
    private Instant lastEnrolled = Instant.parse("2026-03-02T08:00:00Z");

    /** A managed iPhone; an empty EID means that it has no eSIM. */
    public Phone(String eid, String serialNumber, String name) {
        this.eid = eid;
        this.reportedEid = eid;
        this.serialNumber = serialNumber;
        this.name = name;
    }

    /** The EID burnt into it, empty if it has none. */
    public String eid() {
        return eid;
    }

    /** The serial number. */
    public String serialNumber() {
        return serialNumber;
    }

    /** How it behaves when a command comes. */
    public PhoneBehaviour behaviour() {
        return behaviour;
    }

    /** The name in the MDM. */
    public synchronized String name() {
        return name;
    }

    /** Gives it another name. */
    public synchronized Phone name(String other) {
        name = other;
        return this;
    }

    /** The EID as the MDM shows it. */
    public synchronized String reportedEid() {
        return reportedEid;
    }

    /** Lets the MDM show another text for the EID. */
    public synchronized Phone reportedEid(String text) {
        reportedEid = text;
        return this;
    }

    /** What it is. */
    public synchronized PhoneModel model() {
        return model;
    }

    /** Makes it another model. */
    public synchronized Phone model(PhoneModel other) {
        model = other;
        return this;
    }

    /** The user's name in the MDM. */
    public synchronized String user() {
        return user;
    }

    /** Gives it to a user. */
    public synchronized Phone user(String other) {
        user = other;
        return this;
    }

    /** Who owns it. */
    public synchronized Ownership ownership() {
        return ownership;
    }

    /** Enrols it under another ownership. */
    public synchronized Phone ownership(Ownership other) {
        ownership = other;
        return this;
    }

    /** Whether the MDM manages it. */
    public synchronized boolean managed() {
        return managed;
    }

    /** Makes it managed or not. */
    public synchronized Phone managed(boolean now) {
        managed = now;
        return this;
    }

    /** The MDM's groups. */
    public synchronized Set<String> groups() {
        return new LinkedHashSet<>(groups);
    }

    /** Puts it into a group. */
    public synchronized Phone join(String group) {
        groups.add(group);
        return this;
    }

    /** Takes it out of a group. */
    public synchronized Phone leave(String group) {
        groups.remove(group);
        return this;
    }

    /** The ICCIDs of other carriers. */
    public synchronized List<String> otherIccids() {
        return List.copyOf(otherIccids);
    }

    /** Puts another carrier's SIM in: the first is a physical one, further ones are eSIMs. */
    public synchronized Phone otherIccid(String iccid) {
        otherIccids.add(iccid);
        return this;
    }

    /** The Celona eSIMs installed. */
    public synchronized List<String> celonaIccids() {
        return List.copyOf(celonaIccids);
    }

    /** The id under which the MDM commands it. */
    public synchronized String managementId() {
        return managementId;
    }

    /** When it was enrolled. */
    public synchronized Instant lastEnrolled() {
        return lastEnrolled;
    }

    /** Sets when it was enrolled. */
    public synchronized Phone lastEnrolled(Instant time) {
        lastEnrolled = time;
        return this;
    }

    /** Erases it and enrols it again: a new management id, no Celona eSIM left, and no command waits for it any more. */
    public synchronized void eraseAndEnrol(Instant time) {
        managementId = UUID.randomUUID().toString();
        lastEnrolled = time;
        celonaIccids.clear();
        behaviour.erased();
    }

    synchronized void install(String iccid) {
        if (!celonaIccids.contains(iccid)) {
            celonaIccids.add(iccid);
        }
    }

    @Override
    public String toString() {
        return serialNumber + " " + eid;
    }
}
