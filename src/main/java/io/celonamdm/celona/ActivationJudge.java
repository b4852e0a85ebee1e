package io.celonamdm.celona;

import io.celonamdm.esim.ReasonCode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides the consequence of one device's result. A call may be repeated after a crash; then "not provisioned" and
 * "already assigned" mean that the first call worked. Without a first call they do not.
 */
public final class ActivationJudge {

    private static final String IN_NO_LIST = "in no list of Celona's answer";

    /**
     * Judges a result.
     *
     * @param result what Celona said about the device
     * @param op what was requested
     * @param earlier what the journal holds about earlier calls for the device
     */
    public Verdict judge(ActivationResult result, OpCode op, Earlier earlier) {
        return accountProblem(result)
                .or(() -> inactive(result.activation(), earlier))
                .or(() -> ungrouped(result.group(), op, earlier))
                .orElseGet(() -> new Verdict.Done(warnings(result)));
    }

    private static Optional<Verdict> accountProblem(ActivationResult result) {
        return Stream.of(result.activation(), result.name(), result.group())
                .filter(Part.Failed.class::isInstance)
                .map(Part.Failed.class::cast)
                .filter(failed -> Reasons.accountWide(failed.code()))
                .findFirst()
                .map(failed -> new Verdict.AccountProblem(failed.code(), failed.reason()));
    }

    private static Optional<Verdict> inactive(Part activation, Earlier earlier) {
        if (activation instanceof Part.Missing) {
            return Optional.of(new Verdict.Dead(ReasonCode.UNACCOUNTED, IN_NO_LIST, null));
        }
        if (!(activation instanceof Part.Failed failed)) {
            return Optional.empty();
        }
        if (failed.code() != ReasonCode.NOT_PROVISIONED) {
            return Optional.of(new Verdict.Dead(failed.code(), failed.reason(), null));
        }
        return earlier.activated() ? Optional.empty() : Optional.of(new Verdict.Later(failed.code(), failed.reason()));
    }

    /** The device is active and lacks only its group, so a redrive must not activate it again. */
    private static Optional<Verdict> ungrouped(Part group, OpCode op, Earlier earlier) {
        if (group instanceof Part.Missing) {
            return Optional.of(new Verdict.Dead(ReasonCode.UNACCOUNTED, IN_NO_LIST, OpCode.DG_ASSIGN));
        }
        if (!(group instanceof Part.Failed failed)) {
            return Optional.empty();
        }
        return switch (failed.code()) {
            case ALREADY_IN_GROUP ->
                earlier.grouped()
                        ? Optional.empty()
                        : Optional.of(new Verdict.Dead(ReasonCode.GROUP_UNKNOWN, failed.reason(), OpCode.DG_ASSIGN));
            case NOT_PROVISIONED ->
                op.activates()
                        ? Optional.of(new Verdict.Dead(failed.code(), failed.reason(), OpCode.DG_ASSIGN))
                        : Optional.of(new Verdict.Later(failed.code(), failed.reason()));
            default -> Optional.of(new Verdict.Dead(failed.code(), failed.reason(), OpCode.DG_ASSIGN));
        };
    }

    /** Celona lists only names that it set in this call; a missing name after an earlier call means nothing. */
    private static List<ReasonCode> warnings(ActivationResult result) {
        boolean unnamed = result.name() instanceof Part.Failed
                || (result.name() instanceof Part.Missing && result.activation() instanceof Part.Ok);
        return unnamed ? List.of(ReasonCode.NAME_NOT_APPLIED) : List.of();
    }
}
