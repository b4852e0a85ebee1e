package io.celonamdm.work.failure;

import io.celonamdm.celona.Refused;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.Failure;
import io.celonamdm.http.Failure.Kind;
import io.celonamdm.http.FailureReader;
import io.celonamdm.http.Failures;
import io.celonamdm.ledger.database.LedgerTrouble;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Classifies refusals in Celona's envelope, and failures of the ledger. */
@Component
class CoreFailures implements FailureReader {
    CoreFailures() {}

    @Override
    public Optional<Failure> read(Throwable failure) {
        Refused refused = Failures.find(failure, Refused.class);
        if (refused != null) {
            return Optional.of(new Failure(Kind.REFUSED, ReasonCode.OTHER, refused.reason(), null));
        }
        return LedgerTrouble.is(failure)
                ? Optional.of(new Failure(Kind.INTERNAL, ReasonCode.LEDGER_UNAVAILABLE, Failures.words(failure), null))
                : Optional.empty();
    }
}
