package io.celonamdm.platform.apple;

import static org.assertj.core.api.Assertions.assertThat;

import io.celonamdm.platform.apple.NetworkProfile.Identity;
import io.celonamdm.settings.ProfileSettings;
import java.io.StringReader;
import java.util.Map;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
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

    private static String written(Map<String, String> settings) {
        ProfileSettings profile =
                new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("p", ProfileSettings.class);
        return NetworkProfile.write(profile, "warehouse", Identity.of("warehouse"));
    }

    private static String valueOf(String plist, String path) throws Exception {
        InputSource source = new InputSource(new StringReader(plist.replaceFirst("<!DOCTYPE[^>]*>", "")));
        return XPathFactory.newInstance().newXPath().evaluate(path, source);
    }
}
