package io.celonamdm.operations.client;

import picocli.CommandLine.Option;

/** The reason of a verb that changes something, which no such verb goes without. */
final class Why {
    @Option(names = "--reason", required = true, paramLabel = "WHY", description = "goes into the audit")
    String reason = "";
}
