package io.celonamdm.settings.check;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows the report of bad settings in place of a stack trace. */
class InvalidSettingsAnalyzer extends AbstractFailureAnalyzer<InvalidSettingsException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidSettingsException cause) {
        return of(cause);
    }

    static FailureAnalysis of(InvalidSettingsException invalid) {
        return new FailureAnalysis(
                invalid.report(), "Correct the settings and start again. Nothing was changed or sent.", invalid);
    }
}
