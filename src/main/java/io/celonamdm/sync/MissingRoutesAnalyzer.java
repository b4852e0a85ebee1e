package io.celonamdm.sync;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Names the missing routes instead of showing a stack trace. */
class MissingRoutesAnalyzer extends AbstractFailureAnalyzer<MissingRoutesException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MissingRoutesException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Correct the name of the platform, or put its route file into custom-routes/, and start again.",
                cause);
    }
}
