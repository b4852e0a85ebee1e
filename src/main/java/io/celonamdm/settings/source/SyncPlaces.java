package io.celonamdm.settings.source;

import io.celonamdm.settings.check.Keys;
import io.celonamdm.settings.check.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.origin.Origin;

/** Where each sync is written. A sync in two files would become a mixture of both. */
final class SyncPlaces {
    private final List<Problem> problems;
    private final Map<String, Place> places = new HashMap<>();

    /** @param problems receives the syncs that are written twice */
    SyncPlaces(List<Problem> problems) {
        this.problems = problems;
    }

    private record Place(String document, String name, String where) {}

    /**
     * Records a key of a sync.
     *
     * @param key the full key
     * @param written the value with the key's origin
     * @param document the document that contains it
     * @return whether no other document contains the sync
     */
    boolean isFirst(String key, Object written, String document) {
        ConfigurationPropertyName name = ConfigurationPropertyName.adapt(key, '.');
        String sync = Keys.sync(name);
        if (sync == null) {
            return true;
        }
        Origin origin = Origin.from(written);
        Place here = new Place(document, sync, origin == null ? "another file" : Problem.place(origin));
        // keys are compared without dashes and case
        Place first = places.putIfAbsent(name.getElement(Keys.SYNCS.getNumberOfElements(), Form.UNIFORM), here);
        if (first == null || (first.document.equals(document) && first.name.equals(sync))) {
            return true;
        }
        Problem problem = first.name.equals(sync)
                ? Problem.of(
                        Keys.SYNCS + "." + sync,
                        "is in %s and in %s; a sync is written in one place".formatted(first.where, here.where))
                : new Problem(
                        Keys.SYNCS + "." + sync,
                        null,
                        "cannot be told apart from %s (%s): in names of syncs, dashes make no difference"
                                .formatted(first.name, first.where),
                        here.where);
        if (problems.stream().noneMatch(other -> other.key().equals(problem.key()))) {
            problems.add(problem);
        }
        return false;
    }
}
