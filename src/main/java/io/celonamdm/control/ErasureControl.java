package io.celonamdm.control;

import io.celonamdm.ledger.database.Audit;
import io.celonamdm.ledger.retention.Erasure;
import io.celonamdm.ledger.retention.Stored;
import io.celonamdm.ledger.retention.Stored.Remains;
import io.celonamdm.ledger.retention.StoredPersons;
import io.celonamdm.text.Counted;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Shows what the ledger has of a device or a person, and erases it. Each device is erased in a transaction of its own. */
@Component
public class ErasureControl {
    private static final Logger LOG = LoggerFactory.getLogger(ErasureControl.class);
    private static final String ERASE = "erase";
    private static final int SHORTEST = 3;
    private static final int MOST = 500;

    private final Erasure erasure;
    private final StoredPersons persons;
    private final Audit audit;
    private final TransactionOperations transaction;

    ErasureControl(Erasure erasure, StoredPersons persons, Audit audit, TransactionOperations transaction) {
        this.erasure = erasure;
        this.persons = persons;
        this.audit = audit;
        this.transaction = transaction;
    }

    /**
     * What is stored of one device, in all syncs, or of the devices of a person.
     *
     * @param eid the device's EID; null or empty for a person
     * @param person a text in name, user, serial number or another field of the devices; null or empty for a device
     * @throws RequestRejected unless exactly one of the two is given, and is usable
     */
    public List<Stored> find(@Nullable String eid, @Nullable String person) {
        String device = Reason.optional(eid);
        String whose = Reason.optional(person);
        if (device.isEmpty() == whose.isEmpty()) {
            throw RequestRejected.invalid("name the device by \"eid\", or a person by \"person\"");
        }
        if (!device.isEmpty()) {
            return erasure.of(Eids.of(device));
        }
        if (whose.length() < SHORTEST) {
            throw RequestRejected.invalid("\"person\" must have at least %d characters".formatted(SHORTEST));
        }
        List<Stored> found = persons.find(whose, MOST + 1);
        if (found.size() > MOST) {
            throw RequestRejected.invalid(
                    "more than %d devices have this text in their data; give more of it".formatted(MOST));
        }
        return found;
    }

    /** How many of the devices can be erased now. */
    public static int erasable(List<Stored> found) {
        return (int) found.stream().filter(each -> each.obstacle() == null).count();
    }

    /**
     * Erases what {@link #find} shows, as far as nothing prevents it.
     *
     * @param count how many devices the person has seen that can be erased
     * @param reason why, for the audit
     * @return how many were erased
     * @throws RequestRejected if something is missing, or the number of devices is another one
     */
    public int erase(@Nullable String eid, @Nullable String person, @Nullable Integer count, @Nullable String reason) {
        String why = Reason.required(reason);
        List<Stored> found = find(eid, person);
        if (found.isEmpty()) {
            throw RequestRejected.notFound("the ledger has no such device");
        }
        int erasable = erasable(found);
        if (erasable == 0) {
            throw RequestRejected.conflict(
                    "nothing can be erased now: " + found.get(0).obstacle());
        }
        if (count == null || count != erasable) {
            throw RequestRejected.conflict(
                    "devices that can be erased now: %1$d; look at the list, and confirm it by \"count\": %1$d"
                            .formatted(erasable));
        }
        int erased = 0;
        for (Stored each : found) {
            erased += each.obstacle() == null && erase(each, why) ? 1 : 0;
        }
        LOG.info("an operator erased the data of {}", Counted.words(erased, "device"));
        return erased;
    }

    private boolean erase(Stored seen, String reason) {
        Boolean erased = transaction.execute(status -> {
            Stored now = erasure.erase(new Stored.Key(seen.sync(), seen.eid())).orElse(null);
            if (now == null || now.obstacle() != null) {
                return false;
            }
            boolean nothing = now.remains() == Remains.NOTHING;
            audit.note(
                    Audit.OPERATOR,
                    now.sync(),
                    nothing ? null : now.eid(),
                    ERASE,
                    reason,
                    nothing ? "all data of one device" : "all but EID, eSIM, place and times");
            return true;
        });
        return Boolean.TRUE.equals(erased);
    }
}
