package io.celonamdm.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.esim.SyncName;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class LogScopeTests {
    private final List<String> seen = new ArrayList<>();

    @AfterEach
    void leave() {
        LogScope.leave();
    }

    private void look() {
        seen.add(MDC.get("sync") + " " + MDC.get("run"));
    }

    @Test
    void aThreadSaysWhatItIsAbout() {
        look();
        LogScope.enter(new SyncName("warehouse"), 7L);
        look();
        LogScope.run(null);
        look();
        LogScope.enter(new SyncName("office"), null);
        look();
        LogScope.leave();
        look();

        assertThat(seen).containsExactly("null null", "warehouse 7", "warehouse null", "office null", "null null");
    }

    @Test
    void aLineAboutSomethingElseLeavesNoTrace() {
        LogScope.about(new SyncName("office"), null, this::look);
        LogScope.enter(new SyncName("warehouse"), 7L);
        LogScope.about(new SyncName("warehouse"), null, this::look);
        LogScope.about(new SyncName("warehouse"), 6L, this::look);
        LogScope.about(new SyncName("office"), null, this::look);
        look();

        assertThat(seen).containsExactly("office null", "warehouse 7", "warehouse 6", "office null", "warehouse 7");
    }
}
