package io.celonamdm.operations.client;

import picocli.CommandLine.Parameters;

/** A verb about one sync, which is its first word. */
abstract class OfSync extends Verb {
    @Parameters(index = "0", paramLabel = "SYNC", description = "the sync")
    String sync = "";

    /** The sync's address below an endpoint such as {@code /drift}. */
    final String at(String endpoint) {
        return endpoint + "/" + Remote.encoded(sync);
    }
}
