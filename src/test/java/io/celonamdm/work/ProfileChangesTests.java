package io.celonamdm.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.database.TestDatabase;
import io.celonamdm.sync.Sync;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Settings of the private-network profile that change after the fleet is done. */
@Tag(TestDatabase.POSTGRESQL)
class ProfileChangesTests {
    private static final String POINT =
            "{\"type\":\"FeatureCollection\",\"features\":[{\"geometry\":{\"type\":\"Point\",\"coordinates\":[7,47]},\"properties\":{\"id\":\"a\",\"radius\":%s}}]}";

    private static final StepRig RIG = new StepRig();
    private static final JdbcClient JDBC = RIG.bean(JdbcClient.class);

    private final ProfileChanges changes = RIG.bean(ProfileChanges.class);

    @TempDir
    Path folder = Path.of("");

    private Sync sync = RIG.sync();

    @BeforeEach
    void begin() throws IOException {
        file("400");
        sync = with("mdm.profile.version-number", "1");
        RIG.work(sync, Work.Kind.CONFIRM, 25);
        JDBC.sql("update device set place = 'DONE', step = 'DONE', done_at = created_at where sync = :sync")
                .param("sync", sync.name().value())
                .update();
        RIG.run(() -> changes.follow(sync));
    }

    private void file(String radius) throws IOException {
        Files.writeString(folder.resolve("sites.geojson"), POINT.formatted(radius));
    }

    /** The sync with another setting. */
    private Sync with(String key, String value) {
        Sync other = RIG.sync(
                "mdm.push",
                "command,profile",
                "mdm.profile.geofences-file",
                folder.resolve("sites.geojson").toString(),
                key,
                value);
        return Sync.of(sync.name().value(), other.settings());
    }

    private int due(Sync changed) {
        JDBC.sql("delete from follow_up").update();
        RIG.run(() -> changes.follow(changed));
        return JDBC.sql("select count(*) from follow_up where sync = :sync and kind = 'PROFILE'")
                .param("sync", sync.name().value())
                .query(Integer.class)
                .single();
    }

    @Test
    void changedSettingsAreLookedAtWithAFewDevices() {
        assertThat(due(sync)).as("as before").isZero();

        Sync changed = with("mdm.profile.version-number", "2");
        assertThat(due(changed)).isEqualTo(20);
        assertThat(due(changed)).isZero();
    }

    @Test
    void soAreChangedGeofences() throws IOException {
        file("500");

        assertThat(due(sync)).isEqualTo(20);
        assertThat(due(sync)).isZero();
    }

    @Test
    void aFileThatCannotBeUsedChangesNothing() throws IOException {
        Files.writeString(folder.resolve("sites.geojson"), "{");
        assertThat(due(sync)).isZero();

        file("400");
        assertThat(due(sync)).as("as before").isZero();
    }

    @Test
    void aSyncThatPushesNoProfileHasNone() {
        assertThat(due(Sync.of(
                        sync.name().value(),
                        RIG.sync("mdm.profile.version-number", "3").settings())))
                .isZero();
    }
}
