package io.celonamdm.settings;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the log says. Levels, format and files are Spring Boot's own settings, below {@code logging}.
 *
 * @param fullNumbers whether EIDs, ICCIDs and IMEIs are logged in full, and not by their first eight and last four digits
 */
public record LogSettings(@DefaultValue("false") boolean fullNumbers) {}
