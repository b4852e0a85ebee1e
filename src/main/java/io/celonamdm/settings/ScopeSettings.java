package io.celonamdm.settings;

import io.celonamdm.plan.When;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which of the devices that the MDM shows are served.
 *
 * @param include a device must meet one of these conditions; none of them lets all devices in
 * @param exclude a device must meet none of these
 * @param excludeIds EIDs and serial numbers of devices that are left out
 * @param excludeFile a file with more of them, one a line; anything after a {@code #} is a comment
 */
public record ScopeSettings(
        @DefaultValue List<@NotNull When> include,
        @DefaultValue List<@NotNull When> exclude,
        @DefaultValue List<@NotBlank String> excludeIds,
        @DefaultValue("") @NotNull String excludeFile) {

    /**
     * The EIDs and serial numbers of the list and of the file.
     *
     * @throws java.io.UncheckedIOException if the file cannot be read
     */
    public List<String> allExcludedIds() {
        List<String> ids = new ArrayList<>(excludeIds);
        if (!excludeFile.isBlank()) {
            ids.addAll(ExclusionFile.read(excludeFile));
        }
        return ids;
    }
}
