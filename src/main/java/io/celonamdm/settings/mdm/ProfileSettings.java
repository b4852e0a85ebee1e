package io.celonamdm.settings.mdm;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The configuration profile with Apple's payload {@code com.apple.cellularprivatenetwork.managed}.
 *
 * @param name the profile's name in the tenant; it must be unique there
 * @param group name of the static group that scopes the profile in Jamf Pro; Intune has {@code mdm.intune.apple.group}
 * @param dataSetName the payload's {@code DataSetName}
 * @param versionNumber the payload's {@code VersionNumber}; raise it when the payload changes
 * @param cellularDataPreferred whether the private network is preferred over Wi-Fi
 * @param enableNrStandalone whether 5G standalone is enabled
 * @param networkIdentifier the 5G network identifier (iOS 18 and later); empty leaves it out
 * @param csgNetworkIdentifier the LTE closed-subscriber-group identifier (iOS 18 and later); empty leaves it out
 * @param geofences where an iPhone looks for the private network; none means everywhere
 * @param geofencesFile a GeoJSON file with more of them: points with the properties {@code id} and {@code radius}
 * @param restrictions what keeps an eSIM on a supervised device
 */
public record ProfileSettings(
        @DefaultValue("Celona private network") @NotBlank String name,
        @DefaultValue("Celona eSIM devices") @NotBlank String group,
        @DefaultValue("Celona") @NotBlank String dataSetName,
        @DefaultValue("1") @NotBlank String versionNumber,
        @DefaultValue("false") boolean cellularDataPreferred,
        @DefaultValue("false") boolean enableNrStandalone,
        @DefaultValue("") @NotNull String networkIdentifier,
        @DefaultValue("") @NotNull String csgNetworkIdentifier,
        @DefaultValue List<@Valid Geofence> geofences,
        @DefaultValue("") @NotNull String geofencesFile,
        @DefaultValue @Valid RestrictionSettings restrictions) {

    /** The most geofences that a payload may have, by Apple's schema. */
    public static final int MOST_GEOFENCES = 1000;

    /**
     * The geofences of the list and of the file.
     *
     * @throws IllegalArgumentException if the file does not hold such points
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public List<Geofence> allGeofences() {
        List<Geofence> all = new ArrayList<>(geofences);
        if (!geofencesFile.isBlank()) {
            all.addAll(GeofencesFile.read(geofencesFile));
        }
        return all;
    }

    /** What keeps geofences from being those of one payload, each of which may be right by itself. */
    public static List<String> problemsOfAll(List<Geofence> geofences) {
        List<String> problems = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        geofences.stream()
                .filter(fence -> !ids.add(fence.id()))
                .findFirst()
                .ifPresent(fence -> problems.add("the id \"%s\" comes twice".formatted(fence.id())));
        if (geofences.size() > MOST_GEOFENCES) {
            problems.add("%d geofences; Apple's payload takes %d".formatted(geofences.size(), MOST_GEOFENCES));
        }
        return problems;
    }

    /** The first of some geofences that Apple's schema does not take, and why. */
    public static Optional<String> problemOfOne(List<Geofence> geofences) {
        return geofences.stream()
                .flatMap(fence ->
                        fence.problem().stream().map(text -> "geofence \"%s\": %s".formatted(fence.id(), text)))
                .findFirst();
    }

    /**
     * Restrictions of supervised devices, which go beside the payload of the private network.
     *
     * @param keepEsimOnErase whether an erased device keeps its eSIM (iOS 17.2 and later)
     * @param allowEsimModification whether people may remove or change an eSIM
     * @param allowEsimTransfer whether people may move an eSIM to another device (iOS 18 and later)
     */
    public record RestrictionSettings(
            @DefaultValue("false") boolean keepEsimOnErase,
            @DefaultValue("true") boolean allowEsimModification,
            @DefaultValue("true") boolean allowEsimTransfer) {}
}
