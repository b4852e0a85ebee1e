package io.celonamdm.celona;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.esim.Eid;
import io.celonamdm.esim.Iccid;
import io.celonamdm.fuzz.JsonTrees;
import io.celonamdm.json.UnreadableAnswer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever Celona answers, it is read or refused as documented, and no eSIM that was sent gets lost on the way. */
class CelonaFuzzTests {
    private static final String FIRST = "89105212033100003517";
    private static final String SECOND = "89105212033100003525";
    private static final Eid EID = Eid.of("89049032692062826375526599366404");
    private static final Map<String, Object> ACTIVATION = Map.of(
            "data",
            Map.of(
                    "successful_devices",
                    List.of(
                            Map.of("action", "DEVICE_ACTIVATION", "iccids", List.of(FIRST, SECOND)),
                            Map.of("action", "DEVICE_NAME_UPDATE", "iccids", List.of(FIRST))),
                    "failed_devices",
                    List.of(
                            Map.of(
                                    "action",
                                    "DEVICE_GROUP_ASSIGNMENT",
                                    "iccids",
                                    List.of(SECOND),
                                    "reason",
                                    "Device group: Crew doesn't exist"),
                            Map.of(
                                    "action",
                                    "FILE_IO",
                                    "file_records",
                                    List.of(FIRST + ",,Phone,Crew"),
                                    "reason",
                                    "corrupt record"))),
            "responseMeta",
            Map.of("code", 200, "error", "", "success", true));
    private static final Map<String, Object> STATUS = Map.of(
            "code",
            200,
            "data",
            Map.of("configs", List.of(Map.of("eid", EID.value(), "iccid", FIRST, "status", "SUCCESS", "reason", ""))),
            "error",
            "",
            "success",
            true);
    private static final Map<String, Object> ASSIGNED = Map.of(
            "code",
            202,
            "data",
            Map.of("request_id", "d3de3a94", "server_url", "https://sm.go-esim.com"),
            "error",
            "",
            "success",
            true);

    @Provide
    Arbitrary<Object> activations() {
        return Arbitraries.oneOf(JsonTrees.mutated(ACTIVATION), JsonTrees.of(ACTIVATION));
    }

    @Provide
    Arbitrary<Object> statuses() {
        return Arbitraries.oneOf(JsonTrees.mutated(STATUS), JsonTrees.of(STATUS));
    }

    @Provide
    Arbitrary<Object> assignments() {
        return Arbitraries.oneOf(JsonTrees.mutated(ASSIGNED), JsonTrees.of(ASSIGNED));
    }

    @Property
    void everyEsimSentToActivationHasExactlyOneResult(@ForAll("activations") Object json, @ForAll OpCode op) {
        List<ActivationRow> sent = Samples.rows(FIRST, SECOND);

        read(() -> ActivationAnswer.of(Envelope.of(json), op, sent)).ifPresent(answer -> {
            assertThat(answer.results())
                    .extracting(ActivationResult::iccid)
                    .containsExactly(Iccid.of(FIRST), Iccid.of(SECOND));
            assertThat(answer.results())
                    .filteredOn(result -> isOk(result.activation()) || isOk(result.group()))
                    .as("said to be active or grouped, hence named in the answer")
                    .allMatch(result -> namedIn(json, result.iccid().value().substring(0, 19)));
        });
    }

    @Property
    void everyEidAskedForHasAStatusAndSucceedsOnlyWithItsOwnEsim(@ForAll("statuses") Object json) {
        read(() -> StatusAnswer.of(Envelope.of(json), List.of("FAILED"), List.of("no esim")))
                .ifPresent(answer -> {
                    Status status = answer.of(EID);
                    assertThat(status).isNotNull();
                    if (status instanceof Status.Succeeded succeeded) {
                        assertThat(namedIn(json, EID.value())).isTrue();
                        assertThat(namedIn(json, succeeded.iccid().value().substring(0, 19)))
                                .isTrue();
                    }
                });
    }

    @Property
    void anAssignmentIsTakenOnlyWithARequestId(@ForAll("assignments") Object json) {
        read(() -> AssignAnswer.of(Envelope.of(json)))
                .ifPresent(answer -> assertThat(answer.requestId()).isNotBlank());
    }

    /** The two documented ways of not being an answer; anything else fails the property. */
    private static <T> Optional<T> read(Supplier<T> reader) {
        try {
            return Optional.of(reader.get());
        } catch (UnreadableAnswer | Refused e) {
            assertThat(e).hasMessageMatching("(?s).+");
            return Optional.empty();
        }
    }

    private static boolean isOk(Part part) {
        return part instanceof Part.Ok;
    }

    private static boolean namedIn(Object json, String digits) {
        return String.valueOf(json).contains(digits);
    }
}
