package io.celonamdm.operations.client;

import picocli.CommandLine.Option;

/** The reason, which each verb that changes something requires. */
final class Why {
    @Option(names = "--reason", required = true, paramLabel = "WHY", description = "goes into the audit")
    String reason = "";
}
