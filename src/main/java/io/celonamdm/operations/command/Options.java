package io.celonamdm.operations.command;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;

/** What the command line takes beside settings and verbs; {@link Command} says what it means. */
@picocli.CommandLine.Command(
        name = "connector",
        usageHelpAutoWidth = true,
        sortOptions = false,
        versionProvider = Options.Version.class,
        synopsisHeading = "",
        customSynopsis = {
            "connector [--SETTING=VALUE ...]       starts, and keeps to its schedules",
            "connector --run=SYNC, --plan=SYNC ... does one thing in this process, and ends",
            "connector VERB ...                    asks a connector that runs"
        },
        optionListHeading = "%nIn this process:%n",
        commandListHeading = "%nOf a connector that runs, see VERB --help:%n",
        footer = {
            "",
            "A SETTING is any of the connector, Spring Boot or Camel: --server.port=9090.",
            "Exit codes of verbs: 0 done, 1 refused or failed, 2 not understood, 3 no",
            "connector answers. Those of --run and others: docs/deployment.md."
        })
final class Options {
    @Option(names = "--run", paramLabel = "SYNC", description = "one run of the sync")
    @Nullable
    String run;

    @Option(
            names = "--plan",
            paramLabel = "SYNC",
            description = "shows what a run would do; nothing is written at the MDM or Celona")
    @Nullable
    String plan;

    @Option(
            names = "--preflight",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "SYNC",
            description = "checks what all syncs, or one, need")
    @Nullable
    String preflight;

    @Option(
            names = "--confirm",
            paramLabel = "SYNC",
            description = "somebody has seen the eSIMs on the devices of --eids")
    @Nullable
    String confirm;

    @Option(names = "--eids", paramLabel = "EID,EID", description = "the devices, for --confirm")
    @Nullable
    String eids;

    @Option(names = "--format", paramLabel = "table|csv", description = "how --plan prints")
    @Nullable
    String format;

    @Option(names = "--limit", paramLabel = "N", description = "how many devices --plan prints; default: 1000")
    @Nullable
    String limit;

    @Option(
            names = "--ok",
            paramLabel = "END,END",
            description = "endings that exit with 0 as well, such as waiting,partial")
    @Nullable
    String ok;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "shows this help")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "shows the version")
    boolean version;

    /** The version that the build noted in the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() throws IOException {
            Properties build = new Properties();
            try (InputStream input = Options.class.getResourceAsStream("/META-INF/build-info.properties")) {
                if (input != null) {
                    build.load(input);
                }
            }
            return new String[] {"celona-mdm-connector " + build.getProperty("build.version", "of no release")};
        }
    }
}
