package io.celonamdm.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.celonamdm.esim.ReasonCode;
import io.celonamdm.json.UnreadableAnswer;
import java.lang.reflect.RecordComponent;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformMessagesTests {
    private static final String EID = "89049032007008882600085727376656";
    private static final String DEVICE = """
            {"id":17,"managementId":"m","name":" Truck 7 ","serialNumber":"S","eid":%s,"groups":["Drivers",null],
             "enrolledAt":"2026-03-02T08:00:00Z","excluded":null,"attributes":{"site":"Basel","floor":3,"shelf":null}}
            """.formatted(EID);

    @Test
    void mapsTreesAndTextsReadAsTheSameDevice() throws Exception {
        MdmDevice device = PlatformMessages.page(DEVICE).devices().get(0);

        assertThat(device.id()).isEqualTo("17");
        assertThat(device.name()).isEqualTo("Truck 7");
        assertThat(device.eid()).isEqualTo(EID);
        assertThat(device.model()).isEmpty();
        assertThat(device.groups()).containsExactly("Drivers");
        assertThat(device.enrolledAt()).isEqualTo(Instant.parse("2026-03-02T08:00:00Z"));
        assertThat(device.attributes()).isEqualTo(Map.of("site", "Basel", "floor", "3"));
        ObjectMapper mapper = new ObjectMapper();
        assertThat(PlatformMessages.page("[" + DEVICE + "]").devices()).containsExactly(device);
        assertThat(PlatformMessages.page(DEVICE.getBytes(StandardCharsets.UTF_8))
                        .devices())
                .containsExactly(device);
        assertThat(PlatformMessages.page(mapper.readTree(DEVICE)).devices()).containsExactly(device);
        assertThat(PlatformMessages.page(List.of(mapper.readTree(DEVICE), device))
                        .devices())
                .containsExactly(device, device);
        assertThat(PlatformMessages.page(mapper.readValue(DEVICE, Map.class)).devices())
                .containsExactly(device);
    }

    @Test
    void aPageMayBeEmptyAndADeviceMayShowNothing() {
        assertThat(PlatformMessages.page(List.of()).devices()).isEmpty();
        assertThat(PlatformMessages.page("[]").devices()).isEmpty();
        assertThat(PlatformMessages.page("[{}]").devices()).singleElement().satisfies(device -> {
            assertThat(device.id()).isEmpty();
            assertThat(device.eid()).isNull();
        });
    }

    @Test
    void aNumberKeepsItsDigits() {
        assertThat(PlatformMessages.page(Map.of("id", "1", "eid", new BigInteger(EID)))
                        .devices()
                        .get(0)
                        .eid())
                .isEqualTo(EID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "\"x\"", "<html>", ""})
    void whatIsNoPageIsRefused(String body) {
        assertThatThrownBy(() -> PlatformMessages.page(body))
                .isInstanceOf(UnreadableAnswer.class)
                .hasMessageContaining("a page of devices");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[[1],DEVICE]",
                "[DEVICE,null]",
                "[\"x\",DEVICE]",
                "[{\"eids\":\"89\"},DEVICE]",
                "[{\"groups\":\"Drivers\"},DEVICE]",
                "[DEVICE,{\"id\":\"7\",\"excluded\":\"BECAUSE\"}]"
            })
    void whatIsNoDeviceCostsNoOther(String body) {
        InventoryPage page = PlatformMessages.page(body.replace("DEVICE", DEVICE));

        assertThat(page.devices()).hasSize(1);
        assertThat(page.broken()).singleElement().satisfies(broken -> {
            assertThat(broken.code()).isEqualTo(ReasonCode.RECORD_UNREADABLE);
            assertThat(broken.id()).isEqualTo(body.contains("7") ? "7" : "");
        });
    }

    @Test
    void theMessageNamesTheField() {
        assertThat(detail("{\"id\":\"7\",\"eids\":\"89\"}")).startsWith("record 7 of a page of devices: eids");
        assertThat(detail("{\"groups\":{}}")).startsWith("record without an id of a page of devices: groups");
        assertThatThrownBy(() -> PlatformMessages.page(null)).hasMessageContaining("nothing");
    }

    private static String detail(String body) {
        return PlatformMessages.page(body).broken().get(0).detail();
    }

    @Test
    void wordsOfHtmlAreReadAsLetters() {
        assertThat(PlatformMessages.page("{\"name\":\"R&amp;D &#39;7&#39;\",\"groups\":[\"A &lt; B\"]}")
                        .devices())
                .singleElement()
                .satisfies(device -> {
                    assertThat(device.name()).isEqualTo("R&D '7'");
                    assertThat(device.groups()).containsExactly("A < B");
                });
    }

    @Test
    void whatStandsForNothingIsNothing() {
        assertThat(PlatformMessages.page("""
                        {"serialNumber":"N/A","eid":"Not Available","imei":"000000000000000","iccids":["None","89"],
                         "givenIccid":"-","enrolledAt":"0001-01-01T00:00:00Z"}
                        """).devices()).singleElement().satisfies(device -> {
            assertThat(device.serialNumber()).isEmpty();
            assertThat(device.eid()).isNull();
            assertThat(device.imei()).isNull();
            assertThat(device.givenIccid()).isNull();
            assertThat(device.iccids()).containsExactly("89");
            assertThat(device.enrolledAt()).isNull();
        });
    }

    @Test
    void outcomesInTheWordsOfTheContract() {
        assertThat(outcome("sent", "reference", "42")).isEqualTo(new PushOutcome.Sent(EID, "42"));
        assertThat(outcome("Acknowledged", "word", null)).isEqualTo(new PushOutcome.Acknowledged(EID));
        assertThat(outcome("waiting", "word", "queued")).isEqualTo(new PushOutcome.Waiting(EID, "queued"));
        assertThat(outcome("again", "reason", "busy")).isEqualTo(new PushOutcome.Again(EID, "busy"));
        assertThat(outcome("failed", "reason", "no"))
                .isEqualTo(new PushOutcome.Failed(EID, ReasonCode.COMMAND_FAILED, "no"));
        assertThat(outcome("failed", "code", "HARDWARE_UNSUPPORTED"))
                .isEqualTo(new PushOutcome.Failed(EID, ReasonCode.HARDWARE_UNSUPPORTED, ""));
    }

    private static PushOutcome outcome(String outcome, String key, @Nullable String value) {
        Map<String, @Nullable String> fields = new HashMap<>();
        fields.put("eid", EID);
        fields.put("outcome", outcome);
        fields.put(key, value);
        return PlatformMessages.outcomes(fields).get(0);
    }

    @Test
    void whatIsNoOutcomeIsRefused() {
        for (Object body : Arrays.asList(null, "{}", Map.of("eid", EID), Map.of("eid", EID, "outcome", "maybe"))) {
            assertThatThrownBy(() -> PlatformMessages.outcomes(body)).isInstanceOf(UnreadableAnswer.class);
        }
        assertThat(PlatformMessages.outcomes(List.of()))
                .as("no device has an outcome")
                .isEmpty();
    }

    @Test
    void theGuideNamesEveryFieldAndOutcome() throws Exception {
        String guide = Files.readString(Path.of("docs/own-platform.md"));

        assertThat(DeviceFields.class.getRecordComponents())
                .extracting(RecordComponent::getName)
                .allMatch(field -> guide.contains("`" + field + "`"));
        assertThat(OutcomeFields.Outcome.values())
                .allMatch(outcome -> guide.contains("`" + outcome.name().toLowerCase(Locale.ROOT) + "` |"));
    }
}
