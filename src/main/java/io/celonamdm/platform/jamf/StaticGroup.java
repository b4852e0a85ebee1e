package io.celonamdm.platform.jamf;

/**
 * The static group that scopes the profile.
 *
 * @param id its id in Jamf Pro
 * @param name its name as Jamf Pro spells it
 * @param description its description, which carries the sync's mark
 * @param siteId its site
 */
public record StaticGroup(String id, String name, String description, String siteId) {
    static final String NO_SITE = "-1";
}
