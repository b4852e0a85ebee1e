package io.celonamdm.platform.apple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.celonamdm.esim.ReasonCode;
import io.celonamdm.http.KnownFailure;
import io.celonamdm.platform.apple.NetworkProfile.Identity;
import io.celonamdm.settings.mdm.Geofence;
import io.celonamdm.settings.mdm.ProfileSettings;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.xpath.XPathFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.xml.sax.InputSource;

/** The payloads beside Apple's schema: com.apple.cellularprivatenetwork.managed and com.apple.applicationaccess. */
class NetworkProfileTests {

    @Test
    void geofencesAreRealNumbersWithTheirId() throws Exception {
        String plist = written(Map.of(
                "p.geofences[0].id", "plant <1>",
                "p.geofences[0].latitude", "37.38940",
                "p.geofences[0].longitude", "-121.9763",
                "p.geofences[0].radius", "4e2"));

        String fence = "//key[.='Geofences']/following-sibling::*[1]/dict[1]/";
        assertThat(valueOf(plist, fence + "key[.='GeofenceId']/following-sibling::string[1]"))
                .isEqualTo("plant <1>");
        assertThat(valueOf(plist, fence + "key[.='Latitude']/following-sibling::real[1]"))
                .isEqualTo("37.38940");
        assertThat(valueOf(plist, fence + "key[.='Longitude']/following-sibling::real[1]"))
                .isEqualTo("-121.9763");
        assertThat(valueOf(plist, fence + "key[.='Radius']/following-sibling::real[1]"))
                .isEqualTo("400");
        assertThat(valueOf(plist, "count(//key[.='PayloadContent']/following-sibling::array[1]/dict)"))
                .isEqualTo("1");
    }

    /** A control character of a settings file or of GeoJSON would make the whole profile unreadable. */
    @Test
    void whatXmlCannotSayIsMarked() throws Exception {
        String plist = written(Map.of("p.name", "a\u0001b\uD800c\uFFFE \uD83D\uDCF6"));

        AppleSchema.assertTakes(plist);
        assertThat(valueOf(plist, "/plist/dict/key[.='PayloadDisplayName']/following-sibling::string[1]"))
                .isEqualTo("a\uFFFDb\uFFFDc\uFFFD \uD83D\uDCF6");
    }

    @Test
    void noGeofencesAreNoKey() throws Exception {
        assertThat(written(Map.of("p.name", "x"))).doesNotContain("Geofences").doesNotContain("applicationaccess");
    }

    @Test
    void onlyWhatIsRestrictedIsSaid() throws Exception {
        String plist = written(
                Map.of("p.restrictions.keep-esim-on-erase", "true", "p.restrictions.allow-esim-transfer", "false"));

        String payload = "//dict[key='PayloadType' and string='com.apple.applicationaccess']/";
        assertThat(valueOf(plist, "name(" + payload + "key[.='forcePreserveESIMOnErase']/following-sibling::*[1])"))
                .isEqualTo("true");
        assertThat(valueOf(plist, "name(" + payload + "key[.='allowESIMOutgoingTransfers']/following-sibling::*[1])"))
                .isEqualTo("false");
        assertThat(plist).doesNotContain("allowESIMModification");
        assertThat(valueOf(plist, "count(//string[contains(., '-') and string-length(.) = 36])"))
                .as("each payload and the profile have a UUID of their own")
                .isEqualTo("3");
    }

    @Test
    void theLeastIsWhatAppleTakes() throws Exception {
        AppleSchema.assertTakes(written(Map.of("p.name", "x")));
    }

    /** Whatever the settings say, as long as the start accepts it. */
    @Test
    void everythingIsWhatAppleTakes() throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of(
                "p.name", "Süd & <Nord> ]]> \"5G\" \uD83D\uDCF6",
                "p.data-set-name", "a\tb",
                "p.version-number", "2026.11",
                "p.cellular-data-preferred", "true",
                "p.enable-nr-standalone", "true",
                "p.network-identifier", "1A2B3C4D5E6",
                "p.csg-network-identifier", "134217727",
                "p.restrictions.keep-esim-on-erase", "true",
                "p.restrictions.allow-esim-modification", "false",
                "p.restrictions.allow-esim-transfer", "false"));
        List<List<String>> ends = List.of(
                List.of("-90", "-180", "100"), List.of("90", "180.0", "6500"), List.of("0.1E-5", "-0", "6.5E3"));
        for (int i = 0; i < ProfileSettings.MOST_GEOFENCES; i++) {
            List<String> end = ends.get(i % ends.size());
            settings.put("p.geofences[%d].id".formatted(i), "fence " + i);
            settings.put("p.geofences[%d].latitude".formatted(i), end.get(0));
            settings.put("p.geofences[%d].longitude".formatted(i), end.get(1));
            settings.put("p.geofences[%d].radius".formatted(i), end.get(2));
        }

        String plist = written(settings);

        AppleSchema.assertTakes(plist);
        assertThat(valueOf(plist, "count(//key[.='GeofenceId'])")).isEqualTo("1000");
        assertThat(valueOf(plist, "//key[.='NetworkIdentifier']/following-sibling::string[1]"))
                .isEqualTo("1A2B3C4D5E6");
        assertThat(valueOf(plist, "/plist/dict/key[.='PayloadDisplayName']/following-sibling::string[1]"))
                .isEqualTo(settings.get("p.name"));
    }

    /** The start checks the file, which may be changed later. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a 50          | geofence \"a\": radius must be from 100 to 6500",
                "a 400;a 500   | the id \"a\" comes twice",
                "MANY          | 1001 geofences; Apple's payload takes 1000",
                "              | has no features; leave the setting out for a profile without geofences"
            })
    void aFileThatHasBecomeUnusableIsNotWritten(@Nullable String fences, String why, @TempDir Path folder)
            throws Exception {
        String all = "MANY".equals(fences)
                ? IntStream.range(0, 1001).mapToObj(i -> i + " 100").collect(Collectors.joining(";"))
                : fences;
        String features = all == null
                ? ""
                : Stream.of(all.split(";", -1))
                        .map(fence -> fence.split(" ", -1))
                        .map(fence ->
                                "{\"geometry\":{\"type\":\"Point\",\"coordinates\":[7,47]},\"properties\":{\"id\":\"%s\",\"radius\":%s}}"
                                        .formatted(fence[0], fence[1]))
                        .collect(Collectors.joining(","));
        Path file = Files.writeString(
                folder.resolve("sites.geojson"), "{\"type\":\"FeatureCollection\",\"features\":[" + features + "]}");

        assertThatThrownBy(() -> written(Map.of("p.geofences-file", file.toString())))
                .isInstanceOfSatisfying(KnownFailure.class, e -> {
                    assertThat(e.failure().code()).isEqualTo(ReasonCode.PROFILE_INVALID);
                    assertThat(e.failure().reason()).endsWith("cannot be used: " + why);
                });
    }

    @Test
    void whatTheStartRefusesAppleRefuses() {
        for (String fence : List.of("-90.1,0,100", "90.1,0,100", "0,180.1,100", "0,-181,100", "0,0,99.9", "0,0,6501")) {
            String[] parts = fence.split(",", -1);
            Geofence beyond =
                    new Geofence("x", new BigDecimal(parts[0]), new BigDecimal(parts[1]), new BigDecimal(parts[2]));
            assertThat(beyond.problem()).as(fence).isPresent();
        }
    }

    /** Profiles that exist carry the mark: another one for the same settings would have all of them written again. */
    @Test
    void theMarkOfTheContentStaysAsItIs() {
        assertThat(NetworkProfile.contentMark(settings(Map.of("p.name", "x")), "warehouse", "42"))
                .isEqualTo("[content:73e123d683ec9d65]");
        assertThat(NetworkProfile.contentMark(settings(Map.of("p.name", "y")), "warehouse", "42"))
                .isNotEqualTo(NetworkProfile.contentMark(settings(Map.of("p.name", "x")), "warehouse", "42"));
    }

    private static String written(Map<String, String> settings) {
        return NetworkProfile.write(settings(settings), "warehouse", Identity.of("warehouse"));
    }

    private static ProfileSettings settings(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("p", ProfileSettings.class);
    }

    private static String valueOf(String plist, String path) throws Exception {
        InputSource source = new InputSource(new StringReader(plist.replaceFirst("<!DOCTYPE[^>]*>", "")));
        return XPathFactory.newInstance().newXPath().evaluate(path, source);
    }
}
